package dev.keyturn.sandbox.users;

/** What the site wants after the right password. */
public enum Factor {
    NONE,
    SMS,
    EMAIL,
    APP_CODE;

    /** Whether the site sends the code; otherwise the user has it already, or needs none. */
    public boolean isSent() {
        return switch (this) {
            case SMS, EMAIL -> true;
            case NONE, APP_CODE -> false;
        };
    }
}
