package dev.kontor.grpc.platform;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Presents the certificate that was read last. A handshake reads an alias first, and then its certificate and its key.
 * The aliases contain the number of the pair, so that a renewal in between does not mix two pairs.
 */
final class CurrentKeyManager extends X509ExtendedKeyManager {

    private record Pair(int number, X509ExtendedKeyManager manager) {

        private String named(String alias) {
            return alias == null ? null : number + ":" + alias;
        }
    }

    private volatile Pair current;
    /** For handshakes that began before the last renewal. */
    private volatile Pair former;

    CurrentKeyManager(X509ExtendedKeyManager first) {
        this.current = new Pair(0, first);
        this.former = current;
    }

    synchronized void use(X509ExtendedKeyManager renewed) {
        former = current;
        current = new Pair(former.number() + 1, renewed);
    }

    private <T> T of(String name, Function<Pair, Function<String, T>> question) {
        int end = name == null ? -1 : name.indexOf(':');
        if (end < 0) {
            return null;
        }
        String number = name.substring(0, end);
        Pair now = current;
        Pair pair = number.equals(Integer.toString(now.number())) ? now : former;
        return number.equals(Integer.toString(pair.number()))
                ? question.apply(pair).apply(name.substring(end + 1))
                : null;
    }

    private static String[] named(Pair pair, String[] aliases) {
        if (aliases == null) {
            return null;
        }
        String[] names = aliases.clone();
        for (int i = 0; i < names.length; i++) {
            names[i] = pair.named(names[i]);
        }
        return names;
    }

    @Override
    public X509Certificate[] getCertificateChain(String name) {
        return of(name, pair -> pair.manager()::getCertificateChain);
    }

    @Override
    public PrivateKey getPrivateKey(String name) {
        return of(name, pair -> pair.manager()::getPrivateKey);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        Pair pair = current;
        return named(pair, pair.manager().getClientAliases(keyType, issuers));
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        Pair pair = current;
        return named(pair, pair.manager().getServerAliases(keyType, issuers));
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        Pair pair = current;
        return pair.named(pair.manager().chooseClientAlias(keyTypes, issuers, socket));
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        Pair pair = current;
        return pair.named(pair.manager().chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        Pair pair = current;
        return pair.named(pair.manager().chooseEngineClientAlias(keyTypes, issuers, engine));
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Pair pair = current;
        return pair.named(pair.manager().chooseEngineServerAlias(keyType, issuers, engine));
    }
}
