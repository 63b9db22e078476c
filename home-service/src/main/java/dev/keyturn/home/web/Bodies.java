package dev.keyturn.home.web;

import org.jspecify.annotations.Nullable;

/** What clients send. Each field is checked by the resource that takes it. */
public final class Bodies {

    private Bodies() {}

    /** A new account; {@code id} is made by the client, {@code sealed} bound to it. */
    public record NewAccount(
            @Nullable String id,
            @Nullable String connector,
            @Nullable String label,
            @Nullable String sealed) {}

    /** Other credentials. */
    public record NewCredentials(@Nullable String sealed) {}

    /** A run; {@code fresh} leaves the kept session aside. */
    public record NewRun(@Nullable String trigger, @Nullable Boolean fresh) {}

    /** A code, sealed for a round; {@code submissionId} is kept until the typed text changes. */
    public record NewCode(
            @Nullable String submissionId, @Nullable Integer round, @Nullable String sealed) {}

    /** Another message; {@code round} is the one that the person saw, absent for the latest. */
    public record AnotherMessage(@Nullable Integer round) {}

    /** Another kind of second factor, one of those that the challenge lists. */
    public record OtherMethod(@Nullable String method, @Nullable Integer round) {}

    /** So many seconds more than the deadline that is known. */
    public record MoreTime(@Nullable Integer seconds) {}
}
