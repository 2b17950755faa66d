package dev.kontor.side.platform;

import com.mongodb.MongoClientException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A MongoDB client whose calls after its close fail with a {@link MongoClientException}. The driver throws an
 * {@link IllegalStateException} then, and its other failures are {@code MongoException}s. This covers the databases,
 * collections, queries and cursors that come from the client.
 */
final class TypedMongoClient implements InvocationHandler {

    private final Object target;
    private final AtomicBoolean closed;

    private TypedMongoClient(Object target, AtomicBoolean closed) {
        this.target = target;
        this.closed = closed;
    }

    static MongoClient of(MongoClient client) {
        return (MongoClient) proxy(MongoClient.class, client, new AtomicBoolean());
    }

    private static Object proxy(Class<?> type, Object target, AtomicBoolean closed) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new TypedMongoClient(target, closed));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (target instanceof MongoClient && method.getName().equals("close")) {
            closed.set(true);
        }
        try {
            Object answer = method.invoke(target, arguments);
            Class<?> type = method.getReturnType();
            return isOfClient(type) ? proxy(type, answer, closed) : answer;
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof IllegalStateException after && closed.get()
                    ? new MongoClientException("The MongoDB client is closed", after)
                    : failed.getCause();
        }
    }

    /** The driver gets its sessions back as arguments, so they stay its own. */
    private static boolean isOfClient(Class<?> type) {
        return type.isInterface()
                && type.getPackage() == MongoClient.class.getPackage()
                && !ClientSession.class.isAssignableFrom(type);
    }
}
