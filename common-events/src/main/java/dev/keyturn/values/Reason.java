package dev.keyturn.values;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why a run failed: an open, dotted word such as {@code USER_ACTION_NEEDED.TWOFA_EXPIRED}.
 *
 * @param text the reason as it came, 1 to 120 characters: letters, digits, {@code _} and {@code -}
 *     between dots. Today's are in capitals; what is read may be newer.
 */
public record Reason(@JsonValue String text) {

    /** Stands before the constants, which are judged by it. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    public static final Reason LOGIN_FAILED = new Reason("LOGIN_FAILED");
    public static final Reason NEEDS_SECRET = new Reason("LOGIN_FAILED.NEEDS_SECRET");
    public static final Reason TOO_MANY_ATTEMPTS = new Reason("LOGIN_FAILED.TOO_MANY_ATTEMPTS");
    public static final Reason USER_ACTION_NEEDED = new Reason("USER_ACTION_NEEDED");
    public static final Reason OAUTH_OUTDATED = new Reason("USER_ACTION_NEEDED.OAUTH_OUTDATED");
    public static final Reason ACCOUNT_REMOVED = new Reason("USER_ACTION_NEEDED.ACCOUNT_REMOVED");
    public static final Reason CHANGE_PASSWORD = new Reason("USER_ACTION_NEEDED.CHANGE_PASSWORD");
    public static final Reason PERMISSIONS_CHANGED =
            new Reason("USER_ACTION_NEEDED.PERMISSIONS_CHANGED");
    public static final Reason CGU_FORM = new Reason("USER_ACTION_NEEDED.CGU_FORM");
    public static final Reason SCA_REQUIRED = new Reason("USER_ACTION_NEEDED.SCA_REQUIRED");
    public static final Reason TWOFA_EXPIRED = new Reason("USER_ACTION_NEEDED.TWOFA_EXPIRED");
    public static final Reason WRONG_TWOFA_CODE = new Reason("USER_ACTION_NEEDED.WRONG_TWOFA_CODE");
    public static final Reason WEBAUTH_REQUIRED = new Reason("USER_ACTION_NEEDED.WEBAUTH_REQUIRED");
    public static final Reason TWOFA_CANCELLED = new Reason("USER_ACTION_NEEDED.TWOFA_CANCELLED");
    public static final Reason TWOFA_DENIED = new Reason("USER_ACTION_NEEDED.TWOFA_DENIED");
    public static final Reason SITE_EXPIRED = new Reason("USER_ACTION_NEEDED.SITE_EXPIRED");
    public static final Reason ATTEMPTS_SPENT = new Reason("USER_ACTION_NEEDED.ATTEMPTS_SPENT");
    public static final Reason CHALLENGE_ASKED = new Reason("CHALLENGE_ASKED");
    public static final Reason CAPTCHA_RESOLUTION_FAILED = new Reason("CAPTCHA_RESOLUTION_FAILED");
    public static final Reason VENDOR_DOWN = new Reason("VENDOR_DOWN");
    public static final Reason BANK_DOWN = new Reason("VENDOR_DOWN.BANK_DOWN");
    public static final Reason MAINTENANCE = new Reason("MAINTENANCE");
    public static final Reason DISK_QUOTA_EXCEEDED = new Reason("DISK_QUOTA_EXCEEDED");
    public static final Reason TERMS_VERSION_MISMATCH = new Reason("TERMS_VERSION_MISMATCH");
    public static final Reason UNKNOWN_ERROR = new Reason("UNKNOWN_ERROR");
    public static final Reason PARTIAL_SYNC = new Reason("UNKNOWN_ERROR.PARTIAL_SYNC");
    public static final Reason CANCELLED = new Reason("CANCELLED");
    public static final Reason NOT_STARTED = new Reason("NOT_STARTED");
    public static final Reason INTERRUPTED = new Reason("INTERRUPTED");

    private static final Set<String> KNOWN =
            Set.of(
                    "LOGIN_FAILED",
                    "LOGIN_FAILED.NEEDS_SECRET",
                    "LOGIN_FAILED.TOO_MANY_ATTEMPTS",
                    "USER_ACTION_NEEDED",
                    "USER_ACTION_NEEDED.OAUTH_OUTDATED",
                    "USER_ACTION_NEEDED.ACCOUNT_REMOVED",
                    "USER_ACTION_NEEDED.CHANGE_PASSWORD",
                    "USER_ACTION_NEEDED.PERMISSIONS_CHANGED",
                    "USER_ACTION_NEEDED.CGU_FORM",
                    "USER_ACTION_NEEDED.SCA_REQUIRED",
                    "USER_ACTION_NEEDED.TWOFA_EXPIRED",
                    "USER_ACTION_NEEDED.WRONG_TWOFA_CODE",
                    "USER_ACTION_NEEDED.WEBAUTH_REQUIRED",
                    "USER_ACTION_NEEDED.TWOFA_CANCELLED",
                    "USER_ACTION_NEEDED.TWOFA_DENIED",
                    "USER_ACTION_NEEDED.SITE_EXPIRED",
                    "USER_ACTION_NEEDED.ATTEMPTS_SPENT",
                    "CHALLENGE_ASKED",
                    "CAPTCHA_RESOLUTION_FAILED",
                    "VENDOR_DOWN",
                    "VENDOR_DOWN.BANK_DOWN",
                    "MAINTENANCE",
                    "DISK_QUOTA_EXCEEDED",
                    "TERMS_VERSION_MISMATCH",
                    "UNKNOWN_ERROR",
                    "UNKNOWN_ERROR.PARTIAL_SYNC",
                    "CANCELLED",
                    "NOT_STARTED",
                    "INTERRUPTED");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Reason {
        Objects.requireNonNull(text, "Reason");
        if (text.length() > 120 || !FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "reason: must be words of letters, digits, _ and - joined by dots, at most 120"
                            + " characters");
        }
    }

    /**
     * The longest part of this reason, from its start, that this version knows; else {@code
     * UNKNOWN_ERROR}.
     */
    public Reason known() {
        String part = text;
        while (!KNOWN.contains(part)) {
            int dot = part.lastIndexOf('.');
            if (dot < 0) {
                return UNKNOWN_ERROR;
            }
            part = part.substring(0, dot);
        }
        return new Reason(part);
    }

    /** Whether this is {@code other} or one of its kinds. */
    public boolean is(Reason other) {
        return text.equals(other.text) || text.startsWith(other.text + ".");
    }

    @Override
    public String toString() {
        return text;
    }
}
