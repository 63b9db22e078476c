package dev.keyturn.sdk;

/** Why a run failed. On the wire a dotted string: {@link #code()}. */
public enum Reason {
    /** The site refused login or password. */
    LOGIN_FAILED,
    /** A field that the site wants is empty. */
    LOGIN_FAILED_NEEDS_SECRET("LOGIN_FAILED.NEEDS_SECRET"),
    /** The site locked the account, for a while or until somebody unlocks it. */
    LOGIN_FAILED_TOO_MANY_ATTEMPTS("LOGIN_FAILED.TOO_MANY_ATTEMPTS"),
    /** The person has to do something at the site. */
    USER_ACTION_NEEDED,
    /** The permission given to Keyturn at the site is no longer valid. */
    USER_ACTION_NEEDED_OAUTH_OUTDATED("USER_ACTION_NEEDED.OAUTH_OUTDATED"),
    /** The account no longer exists at the site. */
    USER_ACTION_NEEDED_ACCOUNT_REMOVED("USER_ACTION_NEEDED.ACCOUNT_REMOVED"),
    /** The site wants a new password. */
    USER_ACTION_NEEDED_CHANGE_PASSWORD("USER_ACTION_NEEDED.CHANGE_PASSWORD"),
    /** What may be read has changed. */
    USER_ACTION_NEEDED_PERMISSIONS_CHANGED("USER_ACTION_NEEDED.PERMISSIONS_CHANGED"),
    /** The site wants its terms accepted. */
    USER_ACTION_NEEDED_CGU_FORM("USER_ACTION_NEEDED.CGU_FORM"),
    /** The bank wants its strong authentication renewed. */
    USER_ACTION_NEEDED_SCA_REQUIRED("USER_ACTION_NEEDED.SCA_REQUIRED"),
    /** No code was entered in time, or nobody was there to ask. */
    USER_ACTION_NEEDED_TWOFA_EXPIRED("USER_ACTION_NEEDED.TWOFA_EXPIRED"),
    /** The site refused the code, and takes no other. */
    USER_ACTION_NEEDED_WRONG_TWOFA_CODE("USER_ACTION_NEEDED.WRONG_TWOFA_CODE"),
    /** The site wants a security key or passkey, which only a browser has. */
    USER_ACTION_NEEDED_WEBAUTH_REQUIRED("USER_ACTION_NEEDED.WEBAUTH_REQUIRED"),
    /** The person gave up. */
    USER_ACTION_NEEDED_TWOFA_CANCELLED("USER_ACTION_NEEDED.TWOFA_CANCELLED"),
    /** The person refused the sign-in on their phone. */
    USER_ACTION_NEEDED_TWOFA_DENIED("USER_ACTION_NEEDED.TWOFA_DENIED"),
    /** The site's own sign-in page expired before the code came. */
    USER_ACTION_NEEDED_SITE_EXPIRED("USER_ACTION_NEEDED.SITE_EXPIRED"),
    /** Too many prompts or wrong codes lately: nobody is asked. */
    USER_ACTION_NEEDED_ATTEMPTS_SPENT("USER_ACTION_NEEDED.ATTEMPTS_SPENT"),
    /** The site asks for something that the connector does not know. */
    CHALLENGE_ASKED,
    /** The site shows a captcha. */
    CAPTCHA_RESOLUTION_FAILED,
    /** The site does not answer, or answers with an error of its own. */
    VENDOR_DOWN,
    /** The bank behind the site does not answer. */
    VENDOR_DOWN_BANK_DOWN("VENDOR_DOWN.BANK_DOWN"),
    /** The site says that it is being maintained. */
    MAINTENANCE,
    /** There is no room for the documents. */
    DISK_QUOTA_EXCEEDED,
    /** Keyturn's terms changed and were not accepted yet. */
    TERMS_VERSION_MISMATCH,
    /** Something that nobody thought of; also what an uncaught exception becomes. */
    UNKNOWN_ERROR,
    /** Some of what was to be fetched could not be. */
    UNKNOWN_ERROR_PARTIAL_SYNC("UNKNOWN_ERROR.PARTIAL_SYNC"),
    /** The run was cancelled; said by the runtime. */
    CANCELLED,
    /** The run could not start in time; said by the runtime. */
    NOT_STARTED,
    /** The run broke off where repeating is not safe; said by the runtime. */
    INTERRUPTED;

    private final String code;

    Reason() {
        this.code = name();
    }

    Reason(String code) {
        this.code = code;
    }

    /** The dotted string on the wire: {@code USER_ACTION_NEEDED.CHANGE_PASSWORD}. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code;
    }
}
