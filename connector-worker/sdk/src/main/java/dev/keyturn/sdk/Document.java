package dev.keyturn.sdk;

import java.nio.charset.StandardCharsets;

/** Something that was fetched for the person. */
public final class Document {

    private final String name;
    private final String mediaType;
    private final byte[] content;

    private Document(String name, String mediaType, byte[] content) {
        this.name = name;
        this.mediaType = mediaType;
        this.content = content;
    }

    /**
     * A document.
     *
     * @param name the site's name for it: what the person sees, never a path
     * @param mediaType such as {@code application/pdf}
     * @throws IllegalArgumentException if name or media type is blank
     */
    public static Document of(String name, String mediaType, byte[] content) {
        Checks.notBlank("document name", name);
        Checks.notBlank("media type of document " + name, mediaType);
        return new Document(name, mediaType, content.clone());
    }

    /** A document of text, as UTF-8. */
    public static Document of(String name, String mediaType, String content) {
        return of(name, mediaType, content.getBytes(StandardCharsets.UTF_8));
    }

    public String name() {
        return name;
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] content() {
        return content.clone();
    }

    @Override
    public String toString() {
        return "Document[" + name + ", " + mediaType + ", " + content.length + " bytes]";
    }
}
