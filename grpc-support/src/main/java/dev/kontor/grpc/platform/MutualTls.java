package dev.kontor.grpc.platform;

import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Reloads certificates when their files are renewed. Spring Boot watches the files and reloads its bundle {@code
 * kontor-files}. gRPC's servers and channels read their bundle only once, so they use the bundle {@code kontor}, which
 * delegates to the current {@code kontor-files}. Existing connections stay; new ones use the renewed certificates.
 */
@Configuration(proxyBeanMethods = false)
@Profile("mtls")
public class MutualTls {

    static final String FILES = "kontor-files";
    static final String CURRENT = "kontor";

    private static final Logger log = LoggerFactory.getLogger(MutualTls.class);

    /** Spring Boot's registrar registers the bundle of the files, before this one or after it. */
    @Bean
    SslBundleRegistrar currentCertificates() {
        return registry -> {
            SslBundles bundles = (SslBundles) registry;
            if (bundles.getBundleNames().contains(FILES)) {
                follow(registry, bundles, bundles.getBundle(FILES));
            } else {
                bundles.addBundleRegisterHandler((name, bundle) -> {
                    if (name.equals(FILES)) {
                        follow(registry, bundles, bundle);
                    }
                });
            }
        };
    }

    private static void follow(SslBundleRegistry registry, SslBundles bundles, SslBundle files) {
        CurrentKeyManager keys = new CurrentKeyManager(keysOf(files));
        CurrentTrustManager trust = new CurrentTrustManager(trustOf(files));
        bundles.addBundleUpdateHandler(FILES, renewed -> {
            trust.use(trustOf(renewed));
            keys.use(keysOf(renewed));
            log.info("renewed certificates were loaded");
        });
        registry.registerBundle(
                CURRENT,
                SslBundle.of(
                        files.getStores(),
                        files.getKey(),
                        files.getOptions(),
                        files.getProtocol(),
                        SslManagerBundle.of(new Keys(keys), new Trust(trust))));
    }

    private static X509ExtendedKeyManager keysOf(SslBundle bundle) {
        return Arrays.stream(bundle.getManagers().getKeyManagers())
                .filter(X509ExtendedKeyManager.class::isInstance)
                .map(X509ExtendedKeyManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new StartException("KONTOR_TLS_CERTIFICATE and KONTOR_TLS_KEY are not a pair"));
    }

    private static X509ExtendedTrustManager trustOf(SslBundle bundle) {
        return Arrays.stream(bundle.getManagers().getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new StartException("KONTOR_TLS_CA contains no certificate of an authority"));
    }

    /** A factory of an existing manager: gRPC's server accepts only factories. */
    private static final class Keys extends KeyManagerFactory {

        Keys(KeyManager manager) {
            super(
                    new KeyManagerFactorySpi() {
                        @Override
                        protected void engineInit(KeyStore store, char[] password) {}

                        @Override
                        protected void engineInit(ManagerFactoryParameters parameters) {}

                        @Override
                        protected KeyManager[] engineGetKeyManagers() {
                            return new KeyManager[] {manager};
                        }
                    },
                    null,
                    KeyManagerFactory.getDefaultAlgorithm());
        }
    }

    private static final class Trust extends TrustManagerFactory {

        Trust(TrustManager manager) {
            super(
                    new TrustManagerFactorySpi() {
                        @Override
                        protected void engineInit(KeyStore store) {}

                        @Override
                        protected void engineInit(ManagerFactoryParameters parameters) {}

                        @Override
                        protected TrustManager[] engineGetTrustManagers() {
                            return new TrustManager[] {manager};
                        }
                    },
                    null,
                    TrustManagerFactory.getDefaultAlgorithm());
        }
    }
}
