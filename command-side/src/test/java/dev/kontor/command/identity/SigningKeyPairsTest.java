package dev.kontor.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigningKeyPairsTest {

    private final SigningKeyPairs pairs = new SigningKeyPairs();

    @Test
    void each_pair_is_returned_once() {
        pairs.begin();
        pairs.begin();

        Set<KeyPair> all = new HashSet<>();
        Set<Object> keys = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            KeyPair pair = pairs.next();
            all.add(pair);
            keys.add(pair.getPublic());
        }

        assertThat(all).hasSize(3);
        assertThat(keys).hasSize(3);
    }
}
