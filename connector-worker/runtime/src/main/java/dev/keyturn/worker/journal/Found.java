package dev.keyturn.worker.journal;

/** What the journal says about the next thing that a run does. */
public sealed interface Found {

    /** It is new, or may be done again: do it. */
    record Nothing(int position) implements Found {}

    /** It was finished. */
    record Finished(Entry entry) implements Found {}

    /** It was begun, is not finished, and must not be done twice. */
    record Begun(Entry entry) implements Found {}

    /** The run came another way than the first time. */
    record Different(int position, String expected, String found) implements Found {}
}
