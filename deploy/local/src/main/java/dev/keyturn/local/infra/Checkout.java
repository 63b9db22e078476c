package dev.keyturn.local.infra;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkout that this program was built in, and what Maven laid out there.
 *
 * @param root its top folder
 */
public record Checkout(Path root) {

    /** The checkout of this class, else the one around the working directory. */
    public static Checkout here() {
        return Stream.of(ownClasses(), Optional.of(Path.of("").toAbsolutePath()))
                .flatMap(Optional::stream)
                .map(Checkout::above)
                .flatMap(Optional::stream)
                .findFirst()
                .map(Checkout::new)
                .orElseThrow(
                        () ->
                                new StackFailure(
                                        "No Keyturn checkout around "
                                                + Path.of("").toAbsolutePath()));
    }

    /** The jars of the broker, which is never on our own class path. */
    public Path brokerLib() {
        return root.resolve("deploy/broker/target/lib");
    }

    /** What Maven built of this module. */
    public Path localTarget() {
        return root.resolve("deploy/local/target");
    }

    private static Optional<Path> ownClasses() {
        CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation).map(Checkout::asPath);
    }

    private static @Nullable Path asPath(java.net.URL location) {
        try {
            return "file".equals(location.getProtocol()) ? Path.of(location.toURI()) : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static Optional<Path> above(Path start) {
        return Stream.<Path>iterate(start, p -> p != null, p -> p.getParent())
                .filter(p -> Files.exists(p.resolve("deploy/local/pom.xml")))
                .findFirst();
    }
}
