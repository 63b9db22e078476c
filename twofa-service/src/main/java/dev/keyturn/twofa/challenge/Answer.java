package dev.keyturn.twofa.challenge;

import dev.keyturn.replies.Reply;
import dev.keyturn.wire.ReplyAddress;

/** A reply, and where it is waited for. */
public record Answer(Reply reply, ReplyAddress to) {}
