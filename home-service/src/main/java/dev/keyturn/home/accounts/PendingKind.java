package dev.keyturn.home.accounts;

/** Commands that are sent again until the log answers them. */
enum PendingKind {
    FORGET_SESSION,
    ERASE_ACCOUNT
}
