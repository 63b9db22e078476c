package dev.keyturn.worker.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FieldType;
import dev.keyturn.wire.Codec;
import dev.keyturn.worker.testing.ConnectorJar;
import dev.keyturn.worker.testing.Scripted;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorFolderTest {

    @TempDir Path folder;

    @Test
    void aConnectorIsFoundByItsSlug() {
        ConnectorJar.write(folder.resolve("one.jar"), Scripted.class);
        Loaded loaded = Objects.requireNonNull(ConnectorFolder.load(folder).get("scripted"));
        assertThat(loaded.info().name()).isEqualTo("Scripted");
        assertThat(loaded.jar()).isEqualTo("one.jar");
    }

    @Test
    void aConnectorSeesTheSdkAndItsOwnJarOnly() throws ClassNotFoundException {
        ConnectorJar.write(folder.resolve("one.jar"), Scripted.class);
        Loaded loaded = Objects.requireNonNull(ConnectorFolder.load(folder).get("scripted"));
        ClassLoader own = loaded.connector().getClass().getClassLoader();
        assertThat(loaded.connector().getClass()).isNotEqualTo(Scripted.class);
        assertThat(own.loadClass(Field.class.getName())).isEqualTo(Field.class);
        assertThatThrownBy(() -> own.loadClass(Codec.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> own.loadClass("org.apache.kafka.clients.producer.Producer"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(own.getResource("application.properties")).isNull();
    }

    @Test
    void anEmptyFolderHasNone() {
        assertThat(ConnectorFolder.load(folder)).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsNamed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ConnectorFolder.load(missing))
                .hasMessage(
                        "keyturn.worker.connectors-folder=%s: must be a folder with the connectors'"
                                        .formatted(missing)
                                + " jars");
        ConnectorJar.writeBroken(folder.resolve("broken.jar"));
        assertThatThrownBy(() -> ConnectorFolder.load(folder))
                .hasMessageContaining("broken.jar cannot be used");
    }

    @Test
    void oneSlugInTwoJarsIsRefusedAndBothAreNamed() {
        ConnectorJar.write(folder.resolve("a.jar"), Scripted.class);
        ConnectorJar.write(folder.resolve("b.jar"), Scripted.class);
        assertThatThrownBy(() -> ConnectorFolder.load(folder))
                .hasMessageEndingWith(
                        "the connector scripted must be in one jar, is in a.jar and b.jar");
    }

    @Test
    void anOfferSaysWhatTheConnectorDeclares() {
        Instant now = Instant.parse("2026-01-01T10:00:00Z");
        var offer = Offers.of(new Scripted().info(), now);
        assertThat(offer.slug()).isEqualTo("scripted");
        assertThat(offer.sandbox()).isTrue();
        assertThat(offer.factors()).containsExactly(new FactorType(TwoFaType.SMS.name()));
        assertThat(offer.fields())
                .extracting(f -> f.name() + "/" + f.type() + "/" + f.secret() + "/" + f.required())
                .containsExactly(
                        "site/" + FieldType.URL + "/false/true",
                        "script/" + FieldType.TEXT + "/false/true",
                        "password/" + FieldType.PASSWORD + "/true/true",
                        "seconds/" + FieldType.TEXT + "/false/false");
    }

    @Test
    void onlyAnOfferThatSaysSomethingElseDiffers() {
        Instant now = Instant.parse("2026-01-01T10:00:00Z");
        var offer = Offers.of(new Scripted().info(), now);
        assertThat(Offers.differs(offer, null)).isTrue();
        assertThat(Offers.differs(offer, Offers.of(new Scripted().info(), now.minusSeconds(5))))
                .isFalse();
        assertThat(
                        Offers.differs(
                                offer,
                                Offers.of(new Scripted().info().hosts("x.example.org"), now)))
                .isTrue();
    }
}
