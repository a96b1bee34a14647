package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    private static final Instant END = Instant.now().plus(Duration.ofDays(60));

    private final Authority authority = new Authority();

    private static Identity read(String certificate, String key) throws Identity.Unfit {
        return Identity.of(certificate.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }

    private static AbstractThrowableAssert<?, ?> refused(String certificate, String key) {
        return assertThatThrownBy(() -> read(certificate, key)).isInstanceOf(Identity.Unfit.class);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "Ed25519, 0"})
    void a_key_is_taken_with_the_certificate_it_was_made_for(String algorithm, int bits) throws Exception {
        Authority.Issued issued = authority.issue("here", Authority.keyPair(algorithm, bits), END);

        Identity identity = read(issued.certificatePem(), issued.keyPem());

        assertThat(identity.chain()).isEqualTo(issued.chain());
        assertThat(identity.key()).isEqualTo(issued.key());
        assertThat(identity.toString()).contains("CN=here").doesNotContain(issued.keyPem());
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, RSA PRIVATE KEY", "EC, 256, EC PRIVATE KEY"})
    void a_key_may_have_its_older_form(String algorithm, int bits, String type) throws Exception {
        KeyPair pair = Authority.keyPair(algorithm, bits);
        PrivateKeyInfo described = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
        byte[] older = pair.getPrivate() instanceof ECPrivateKey ec
                ? new org.bouncycastle.asn1.sec.ECPrivateKey(
                                bits,
                                ec.getS(),
                                described.getPrivateKeyAlgorithm().getParameters())
                        .getEncoded()
                : described.parsePrivateKey().toASN1Primitive().getEncoded();
        Authority.Issued issued = authority.issue("here", pair, END);

        Identity identity = read(issued.certificatePem(), Authority.pem(type, older));

        // Equal in what they are; the older form of a curve's key may leave its public half out.
        if (identity.key() instanceof ECPrivateKey read)
            assertThat(read.getS()).isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
        else assertThat(identity.key()).isEqualTo(pair.getPrivate());
    }

    @Test
    void what_else_stands_in_the_files_is_passed_over() throws Exception {
        Authority.Issued issued = authority.issue("here");
        String parameters = Authority.pem("EC PARAMETERS", new byte[] {6, 1, 0});

        Identity identity = read("Subject: CN=here\n\n" + issued.certificatePem(), parameters + issued.keyPem());

        assertThat(identity.chain()).hasSize(2);
    }

    @Test
    void one_file_may_hold_both() throws Exception {
        Authority.Issued issued = authority.issue("here");
        String both = issued.keyPem() + issued.certificatePem();

        assertThat(read(both, both).key()).isEqualTo(issued.key());
    }

    @Test
    void a_key_of_another_certificate_is_refused() {
        Authority.Issued one = authority.issue("here");
        refused(one.certificatePem(), authority.issue("there").keyPem())
                .hasMessageContaining("GATEHOUSE_TLS_KEY is not the key of the first certificate")
                .hasMessageContaining("CN=here");
        refused(
                        one.certificatePem(),
                        authority
                                .issue("there", Authority.keyPair("RSA", 2048), END)
                                .keyPem())
                .hasMessageContaining("GATEHOUSE_TLS_KEY is not the key");
    }

    @Test
    void an_encrypted_key_is_refused_with_the_way_out() {
        Authority.Issued issued = authority.issue("here");
        refused(issued.certificatePem(), Authority.pem("ENCRYPTED PRIVATE KEY", new byte[20]))
                .hasMessageContaining("GATEHOUSE_TLS_KEY is encrypted")
                .hasMessageContaining("openssl pkey");
        refused(
                        issued.certificatePem(),
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"
                                + "-----END RSA PRIVATE KEY-----\n")
                .hasMessageContaining("GATEHOUSE_TLS_KEY is encrypted");
    }

    @Test
    void what_is_no_certificate_or_no_key_is_named() {
        Authority.Issued issued = authority.issue("here");
        refused("", issued.keyPem()).hasMessageContaining("GATEHOUSE_TLS_CERTIFICATE holds no certificate");
        refused(issued.keyPem(), issued.keyPem())
                .hasMessageContaining("GATEHOUSE_TLS_CERTIFICATE holds no certificate");
        refused(Authority.pem("CERTIFICATE", new byte[] {1, 2, 3}), issued.keyPem())
                .hasMessageContaining("GATEHOUSE_TLS_CERTIFICATE holds something that is no certificate");
        refused("-----BEGIN CERTIFICATE-----\nAAAA", issued.keyPem())
                .hasMessageContaining("GATEHOUSE_TLS_CERTIFICATE holds something that is no certificate");
        refused(issued.certificatePem(), issued.certificatePem())
                .hasMessageContaining("GATEHOUSE_TLS_KEY holds no private key");
        refused(issued.certificatePem(), Authority.pem("PRIVATE KEY", new byte[] {1, 2, 3}))
                .hasMessageContaining("GATEHOUSE_TLS_KEY does not read");
        refused(issued.certificatePem(), Authority.pem("EC PRIVATE KEY", new byte[] {1, 2, 3}))
                .hasMessageContaining("GATEHOUSE_TLS_KEY does not read");
        refused(issued.certificatePem(), issued.keyPem() + issued.keyPem())
                .hasMessageContaining("GATEHOUSE_TLS_KEY holds several keys");
        refused(issued.certificatePem().repeat(11), issued.keyPem()).hasMessageContaining("22 certificates");
    }

    @Test
    void a_short_rsa_key_is_refused() {
        Authority.Issued issued = authority.issue("here", Authority.keyPair("RSA", 1024), END);
        refused(issued.certificatePem(), issued.keyPem()).hasMessageContaining("an RSA key of 1024 bits");
    }

    @Test
    void what_clients_will_refuse_is_a_concern() throws Exception {
        Duration fortnight = Duration.ofDays(14);
        Authority.Issued issued = authority.issue("here");
        Identity identity = read(issued.certificatePem(), issued.keyPem());
        Instant end = issued.own().getNotAfter().toInstant();

        assertThat(identity.concern(end.minus(Duration.ofDays(30)), fortnight)).isEmpty();
        assertThat(identity.concern(end.minus(Duration.ofDays(14)), fortnight))
                .hasValue("ends at " + end + ": renew it");
        assertThat(identity.concern(end, fortnight))
                .hasValueSatisfying(each -> assertThat(each).startsWith("ended at " + end));
        assertThat(identity.concern(end.minus(Duration.ofDays(100)), fortnight))
                .hasValueSatisfying(each -> assertThat(each).startsWith("begins at "));
        assertThat(identity.endedAt(end)).isTrue();
        assertThat(identity.endedAt(end.minusSeconds(1))).isFalse();
    }

    @Test
    void a_chain_out_of_order_is_a_concern() throws Exception {
        Authority.Issued issued = authority.issue("here");
        Authority.Issued other = authority.issue("there");
        String own = Authority.pem("CERTIFICATE", issued.own().getEncoded());

        Identity identity = read(own + other.certificatePem(), issued.keyPem());

        assertThat(identity.concern(END.minus(Duration.ofDays(30)), Duration.ofDays(14)))
                .hasValueSatisfying(each -> assertThat(each).contains("certificate 2 did not issue"));
    }
}
