package dev.kontor.bench.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;

/** One client with one connection, for one thread. It does nothing that a call does not need. */
final class ShopClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final byte[] NO_BODY = {};
    private static final HttpClientResponseHandler<Answer> READ = response -> new Answer(
            response.getCode(),
            response.containsHeader("Retry-After"),
            response.getEntity() == null ? NO_BODY : EntityUtils.toByteArray(response.getEntity()));

    private final CloseableHttpClient http;
    private final HttpHost host;

    /**
     * An answer.
     *
     * @param retriable whether it says when to try again
     */
    record Answer(int status, boolean retriable, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    ShopClient(URI address) {
        host = new HttpHost(address.getScheme(), address.getHost(), address.getPort());
        BasicHttpClientConnectionManager connection = new BasicHttpClientConnectionManager();
        connection.setConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .setSocketTimeout(Timeout.of(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .build());
        http = HttpClients.custom()
                .setConnectionManager(connection)
                .disableAuthCaching()
                // A repeated call would hide a failure.
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }

    /**
     * @param authorization null for none
     * @param json null for none
     */
    Answer send(Method method, String path, String authorization, String json) throws IOException {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(method, host, path);
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        if (json != null) {
            request.setEntity(new ByteArrayEntity(json.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        }
        return http.execute(host, request, null, READ);
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
