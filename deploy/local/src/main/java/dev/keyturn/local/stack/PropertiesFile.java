package dev.keyturn.local.stack;

import dev.keyturn.local.infra.PrivateFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Settings as a service reads them from a file. */
final class PropertiesFile {

    private PropertiesFile() {}

    static String text(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + escaped(e.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(PrivateFiles.read(file)));
        } catch (IOException e) {
            throw PrivateFiles.failure(file, e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(k -> settings.put(k, properties.getProperty(k)));
        return settings;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
