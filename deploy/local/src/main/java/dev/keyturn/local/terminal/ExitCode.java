package dev.keyturn.local.terminal;

/** How the launcher tells scripts what happened. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int WRONG_USE = 2;
    public static final int SIGN_IN_FAILED = 10;
    public static final int USER_ACTION_NEEDED = 11;
    public static final int UNREACHABLE = 12;
    public static final int CANCELLED = 13;

    private ExitCode() {}

    /** Of a run that failed. */
    public static int ofReason(String reason) {
        if (is(reason, "CANCELLED") || is(reason, "USER_ACTION_NEEDED.TWOFA_CANCELLED")) {
            return CANCELLED;
        }
        if (is(reason, "USER_ACTION_NEEDED")) {
            return USER_ACTION_NEEDED;
        }
        if (is(reason, "VENDOR_DOWN") || is(reason, "MAINTENANCE")) {
            return UNREACHABLE;
        }
        return SIGN_IN_FAILED;
    }

    private static boolean is(String reason, String family) {
        return reason.equals(family) || reason.startsWith(family + ".");
    }
}
