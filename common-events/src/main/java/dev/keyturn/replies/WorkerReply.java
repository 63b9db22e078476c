package dev.keyturn.replies;

/** What a challenge wants of the worker that waits for it. */
public sealed interface WorkerReply extends Reply
        permits CodeGiven, ResendAsked, MethodChosen, Extended, Cancelled, Expired {}
