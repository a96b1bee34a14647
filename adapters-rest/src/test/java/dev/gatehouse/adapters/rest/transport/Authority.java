package dev.gatehouse.adapters.rest.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** A certificate authority of its own, for one test. */
final class Authority {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    private static final AlgorithmIdentifier ECDSA =
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));

    private final KeyPair keys = keyPair("EC", 256);
    private final X509Certificate certificate;

    Authority() {
        Instant now = Instant.now();
        this.certificate =
                sign("CN=Test Authority", keys, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)), true);
    }

    /** A key with the certificate of its public half, and the authority's behind it. */
    record Issued(PrivateKey key, List<X509Certificate> chain) {
        Issued {
            chain = List.copyOf(chain);
        }

        X509Certificate own() {
            return chain.getFirst();
        }

        String certificatePem() {
            StringBuilder pem = new StringBuilder();
            try {
                for (X509Certificate each : chain) pem.append(Authority.pem("CERTIFICATE", each.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            return pem.toString();
        }

        String keyPem() {
            return Authority.pem("PRIVATE KEY", key.getEncoded());
        }

        /** Puts both in place at once each, the certificate first. */
        void write(Path certificateFile, Path keyFile) throws IOException {
            replace(certificateFile, certificatePem());
            replace(keyFile, keyPem());
        }
    }

    static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    static KeyPair keyPair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For localhost and 127.0.0.1, for two months. */
    Issued issue(String commonName) {
        return issue(commonName, keyPair("EC", 256), Instant.now().plus(Duration.ofDays(60)));
    }

    Issued issue(String commonName, KeyPair pair, Instant end) {
        return new Issued(
                pair.getPrivate(),
                List.of(sign("CN=" + commonName, pair, end.minus(Duration.ofDays(90)), end, false), certificate));
    }

    private X509Certificate sign(String name, KeyPair pair, Instant begin, Instant end, boolean authority) {
        try {
            V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
            content.setSerialNumber(new ASN1Integer(BigInteger.valueOf(SERIAL.getAndIncrement())));
            content.setIssuer(new X500Name("CN=Test Authority"));
            content.setSubject(new X500Name(name));
            content.setStartDate(new Time(Date.from(begin)));
            content.setEndDate(new Time(Date.from(end)));
            content.setSignature(ECDSA);
            content.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority)
                extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
            content.setExtensions(extensions.generate());
            byte[] signed = content.generateTBSCertificate().getEncoded();
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed);
            Certificate whole = Certificate.getInstance(new DERSequence(
                    new ASN1Encodable[] {content.generateTBSCertificate(), ECDSA, new DERBitString(signature.sign())}));
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(whole.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client's side of TLS that believes this authority and no other. */
    SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", certificate);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
