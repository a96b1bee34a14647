package dev.gatehouse.adapters.rest.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * What this server shows and proves to be: a private key, and the certificates for its public half.
 *
 * @param chain the server's own first
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    /** RFC 8410; the library has it in its newer classes only. */
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_CERTIFICATES = 20;

    Identity {
        chain = List.copyOf(chain);
    }

    /** Files that make no identity; the sentence names the setting and says what to change, and shows no key. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        Unfit(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /**
     * What two files say together.
     *
     * @throws Unfit when either does not read, or they do not belong together
     */
    static Identity of(byte[] certificates, byte[] key) throws Unfit {
        List<X509Certificate> chain = chain(certificates);
        PrivateKey secret = key(key);
        X509Certificate own = chain.getFirst();
        if (!belongTogether(secret, own.getPublicKey()))
            throw new Unfit("GATEHOUSE_TLS_KEY is not the key of the first certificate in GATEHOUSE_TLS_CERTIFICATE ("
                    + own.getSubjectX500Principal() + "): give the key it was made for, and that certificate first");
        return new Identity(secret, chain);
    }

    private static List<X509Certificate> chain(byte[] file) throws Unfit {
        List<X509Certificate> chain = new ArrayList<>();
        try (PemReader reader = reader(file)) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject each = reader.readPemObject(); each != null; each = reader.readPemObject())
                if (each.getType().equals("CERTIFICATE")
                        || each.getType().equals("X509 CERTIFICATE")
                        || each.getType().equals("TRUSTED CERTIFICATE"))
                    chain.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each.getContent())));
        } catch (IOException | CertificateException | RuntimeException e) {
            throw new Unfit("GATEHOUSE_TLS_CERTIFICATE holds something that is no certificate: give a PEM file, the"
                    + " server's certificate first and those of its issuers behind it");
        }
        if (chain.isEmpty())
            throw new Unfit("GATEHOUSE_TLS_CERTIFICATE holds no certificate: give a PEM file with -----BEGIN"
                    + " CERTIFICATE----- in it");
        if (chain.size() > MOST_CERTIFICATES)
            throw new Unfit("GATEHOUSE_TLS_CERTIFICATE holds " + chain.size() + " certificates: give the server's own"
                    + " and those of its issuers, not everybody's");
        return chain;
    }

    private static PrivateKey key(byte[] file) throws Unfit {
        PrivateKey found = null;
        try (PemReader reader = reader(file)) {
            for (PemObject each = reader.readPemObject(); each != null; each = reader.readPemObject()) {
                String type = each.getType();
                if (type.equals("ENCRYPTED PRIVATE KEY") || isEncrypted(each))
                    throw new Unfit("GATEHOUSE_TLS_KEY is encrypted, and nobody is there to type its password: store it"
                            + " decrypted where only this user can read it (openssl pkey -in key.pem -out plain.pem)");
                if (!type.endsWith("PRIVATE KEY")) continue;
                if (found != null) throw new Unfit("GATEHOUSE_TLS_KEY holds several keys: leave one in it");
                found = key(type, each.getContent());
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new Unfit("GATEHOUSE_TLS_KEY does not read: give a PEM file with an RSA, EC or Ed25519 key, as PKCS#8"
                    + " (BEGIN PRIVATE KEY), PKCS#1 (BEGIN RSA PRIVATE KEY) or SEC 1 (BEGIN EC PRIVATE KEY)");
        }
        if (found == null)
            throw new Unfit(
                    "GATEHOUSE_TLS_KEY holds no private key: give a PEM file with -----BEGIN PRIVATE KEY----- in"
                            + " it");
        if (found instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS)
            throw new Unfit("GATEHOUSE_TLS_KEY is an RSA key of "
                    + rsa.getModulus().bitLength() + " bits: make one of at least " + LEAST_RSA_BITS);
        return found;
    }

    /** As OpenSSL's older forms say it: {@code Proc-Type: 4,ENCRYPTED}. */
    private static boolean isEncrypted(PemObject key) {
        for (Object each : key.getHeaders())
            if (each instanceof PemHeader header && header.getValue().contains("ENCRYPTED")) return true;
        return false;
    }

    private static PrivateKey key(String type, byte[] der) throws IOException, GeneralSecurityException {
        PrivateKeyInfo described = switch (type) {
            case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(der));
            case "EC PRIVATE KEY" -> {
                ECPrivateKey ec = ECPrivateKey.getInstance(der);
                yield new PrivateKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, ec.getParametersObject()), ec);
            }
            default -> throw new GeneralSecurityException(type);
        };
        var algorithm = described.getPrivateKeyAlgorithm().getAlgorithm();
        String name;
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) name = "RSA";
        else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) name = "EC";
        else if (algorithm.equals(ED25519)) name = "Ed25519";
        else throw new GeneralSecurityException(algorithm.getId());
        return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(described.getEncoded()));
    }

    private static PemReader reader(byte[] file) {
        return new PemReader(new StringReader(new String(file, StandardCharsets.ISO_8859_1)));
    }

    /** What the one signs the other has to verify. */
    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        byte[] anything = "who holds the key".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(anything);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What an operator should know of certificates that are good enough to show; absent when there is nothing. */
    Optional<String> concern(Instant now, Duration ahead) {
        X509Certificate own = chain.getFirst();
        Instant end = own.getNotAfter().toInstant();
        if (!now.isBefore(end)) return Optional.of("ended at " + end + ", and clients refuse it: renew it");
        if (now.isBefore(own.getNotBefore().toInstant()))
            return Optional.of("begins at " + own.getNotBefore().toInstant()
                    + " only: look at the clock of this machine, or give the one before it");
        if (!now.plus(ahead).isBefore(end)) return Optional.of("ends at " + end + ": renew it");
        for (int i = 1; i < chain.size(); i++)
            if (!chain.get(i).getSubjectX500Principal().equals(chain.get(i - 1).getIssuerX500Principal()))
                return Optional.of("stands in a chain whose certificate " + (i + 1)
                        + " did not issue the one before it:" + " put them in order, the server's own first");
        return Optional.empty();
    }

    boolean endedAt(Instant now) {
        return !now.isBefore(chain.getFirst().getNotAfter().toInstant());
    }

    /** As the framework takes it. */
    KeyStore asKeyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, null, chain.toArray(X509Certificate[]::new));
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store could not be made", e);
        }
    }

    @Override
    public String toString() {
        return "Identity[" + chain.getFirst().getSubjectX500Principal() + " until "
                + chain.getFirst().getNotAfter().toInstant() + "]";
    }
}
