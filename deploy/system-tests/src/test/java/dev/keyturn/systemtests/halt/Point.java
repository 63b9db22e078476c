package dev.keyturn.systemtests.halt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where something happens, as a file. Whoever can delete it is the one: it happens once, of however
 * many processes look out for it.
 *
 * @param texts all of which the statement or the record must contain
 */
record Point(Path file, End end, Seam seam, List<String> texts) {

    void write() {
        List<String> lines =
                Stream.concat(Stream.of(end.name(), seam.name()), texts.stream()).toList();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Point read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return new Point(
                file,
                End.valueOf(lines.get(0)),
                Seam.valueOf(lines.get(1)),
                lines.subList(2, lines.size()));
    }

    boolean isIn(String said) {
        return texts.stream().allMatch(said::contains);
    }

    /** Whether it is still to happen. */
    boolean waits() {
        return Files.exists(file);
    }

    /** Whether it is the caller's to do. */
    boolean take() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
