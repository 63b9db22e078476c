package dev.keyturn.local.checks;

import dev.keyturn.local.infra.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The test reports that a build left in the modules. */
public final class Reports {

    private static final Set<String> FOLDERS = Set.of("surefire-reports", "failsafe-reports");
    private static final Set<String> ELSEWHERE = Set.of("node_modules", "src", ".git", ".keyturn");

    private Reports() {}

    /** The test cases of all reports that are not older than this. */
    public static List<TestCase> read(Path root, Instant notBefore) {
        List<TestCase> cases = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Visitor(root, notBefore, cases));
        } catch (IOException e) {
            throw PrivateFiles.failure(root, e);
        }
        return cases;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Instant notBefore;
        private final List<TestCase> cases;

        Visitor(Path root, Instant notBefore, List<TestCase> cases) {
            this.root = root;
            this.notBefore = notBefore;
            this.cases = cases;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return ELSEWHERE.contains(String.valueOf(folder.getFileName()))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Path folder = file.resolveSibling("");
            String name = String.valueOf(file.getFileName());
            boolean report =
                    FOLDERS.contains(String.valueOf(folder.getFileName()))
                            && name.startsWith("TEST-")
                            && name.endsWith(".xml");
            if (report && !attributes.lastModifiedTime().toInstant().isBefore(notBefore)) {
                Path module = root.relativize(folder.resolve("../..").normalize());
                cases.addAll(parse(module.toString(), file));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private static List<TestCase> parse(String module, Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList elements =
                    factory.newDocumentBuilder()
                            .parse(file.toFile())
                            .getElementsByTagName("testcase");
            List<TestCase> cases = new ArrayList<>();
            for (int i = 0; i < elements.getLength(); i++) {
                if (elements.item(i) instanceof Element element) {
                    cases.add(testCase(module, element));
                }
            }
            return cases;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no test report", e);
        }
    }

    private static TestCase testCase(String module, Element element) {
        String name =
                simple(element.getAttribute("classname")) + "." + element.getAttribute("name");
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element result) {
                String message = result.getAttribute("message");
                switch (result.getTagName()) {
                    case "failure", "error" -> {
                        return new TestCase(module, name, TestCase.Result.FAILED, message);
                    }
                    case "skipped" -> {
                        return new TestCase(module, name, TestCase.Result.SKIPPED, message);
                    }
                    default -> {}
                }
            }
        }
        return new TestCase(module, name, TestCase.Result.PASSED, "");
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
