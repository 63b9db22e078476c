package dev.keyturn.twofa.challenge;

import dev.keyturn.values.FactorType;
import java.time.Instant;

/** What a person asked of the worker in a round. It stands until the next round begins. */
public sealed interface Wish {

    /** When it was decided. */
    Instant at();

    /** The site shall send again. */
    record Resend(Instant at) implements Wish {}

    /** The site shall take another kind of second factor. */
    record Method(FactorType method, Instant at) implements Wish {}
}
