package dev.keyturn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.local.infra.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build over an older one: what a migration was called before must not be there twice. */
class StaleResourcesTest {

    private static final Path ROOT = Checkout.here().root();

    @TempDir Path module;

    @Test
    void resourcesWhoseSourceHasGoneAreDeletedByTheNextBuild() throws Exception {
        write("pom.xml", pom());
        write("src/main/resources/db/V2__new_name.sql", "");
        Path copied = write("target/classes/db/V2__old_name.sql", "");
        Path compiled = write("target/classes/Kept.class", "");

        build();

        assertThat(module.resolve("target/classes/db/V2__new_name.sql")).exists();
        assertThat(copied).doesNotExist();
        assertThat(compiled).as("the compiler looks after its own").exists();
    }

    private Path write(String name, String text) throws IOException {
        Path file = module.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private String pom() throws IOException {
        return """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.keyturn</groupId>
            <artifactId>keyturn</artifactId>
            <version>0.1.0</version>
            <relativePath>%s</relativePath>
          </parent>
          <artifactId>stale</artifactId>
        </project>
        """
                .formatted(module.toRealPath().relativize(ROOT.toRealPath().resolve("pom.xml")));
    }

    private void build() throws Exception {
        Process maven =
                new ProcessBuilder(
                                List.of(
                                        "/bin/sh",
                                        ROOT.resolve("mvnw").toString(),
                                        "--offline",
                                        "--quiet",
                                        "--batch-mode",
                                        "-Dmaven.repo.local="
                                                + System.getProperty("localRepository", ""),
                                        "--file",
                                        module.resolve("pom.xml").toString(),
                                        "process-resources"))
                        .redirectErrorStream(true)
                        .start();
        maven.getOutputStream().close();
        String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(maven.waitFor()).as(said).isZero();
    }
}
