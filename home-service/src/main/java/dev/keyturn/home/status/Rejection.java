package dev.keyturn.home.status;

import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import org.jspecify.annotations.Nullable;

/**
 * Why a code was refused.
 *
 * @param words the site's own, untrusted text
 */
public record Rejection(RejectedBy by, RejectedWhy why, @Nullable String words) {}
