package dev.keyturn.events;

/** A fact about an account, outside of any run. */
public sealed interface AccountFact extends ConnectorEvent
        permits CredentialsSaved, CredentialsRefused, SessionForgotten, AccountErased {}
