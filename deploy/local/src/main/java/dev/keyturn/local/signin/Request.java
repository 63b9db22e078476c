package dev.keyturn.local.signin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param label the account's; by default its first field that is not secret
 * @param fields as {@code name=value}
 * @param update whether the fields replace those that are kept
 * @param fresh whether the kept session is left aside
 * @param codeFrom a command that gives codes
 * @param background as a schedule would do it: nobody is asked
 * @param json whether events and outcome are printed as JSON
 */
public record Request(
        String connector,
        @Nullable String label,
        List<String> fields,
        boolean update,
        boolean fresh,
        @Nullable String codeFrom,
        boolean background,
        boolean json) {}
