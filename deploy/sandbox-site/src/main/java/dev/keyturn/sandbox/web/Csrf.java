package dev.keyturn.sandbox.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hidden token of every form: it follows from the visit's cookie and a key of the site. */
public final class Csrf {
    private static final String MAC = "HmacSHA256";

    private volatile String key;

    public Csrf(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** Takes the key of an earlier start, so that pages shown then still work. */
    public void use(String earlier) {
        key = earlier;
    }

    String token(String visit) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
            var bytes = mac.doFinal(visit.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    boolean matches(String visit, String token) {
        return MessageDigest.isEqual(
                token(visit).getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8));
    }
}
