package dev.kontor.crash;

import dev.kontor.api.customer.KeyRing;
import dev.kontor.query.platform.Batch;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.side.platform.LetterStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** The crash points of stores and of the key ring: their beans are replaced by proxies. */
final class WatchedStores implements BeanPostProcessor {

    private static final String LETTER = "a letter of the batch";

    private final Consumer<CrashPoint> fuse;

    WatchedStores(Consumer<CrashPoint> fuse) {
        this.fuse = fuse;
    }

    private interface Watch {
        Object around(String method, Object[] arguments, Callable<Object> call) throws Exception;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return switch (bean) {
            case TokenStore tokens -> watched(TokenStore.class, tokens, this::aroundToken);
            case SagaStore<?> sagas -> watched(SagaStore.class, sagas, this::aroundSaga);
            case KeyRing keys -> watched(KeyRing.class, keys, this::aroundKey);
            case ViewStore views -> watched(ViewStore.class, views, this::aroundView);
            case LetterStore letters -> watchedOfBatches(letters);
            default -> bean;
        };
    }

    private static <T> T watched(Class<T> type, T store, Watch watch) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> watch.around(method.getName(), arguments, () -> {
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                })));
    }

    /** Axon calls the token store first, the saga store after it. */
    private Object aroundToken(String method, Object[] arguments, Callable<Object> call) throws Exception {
        Object answer = call.call();
        if (method.equals("storeToken")) {
            fuse.accept(CrashPoint.BETWEEN_SAGA_AND_TOKEN);
            if (batchHasLetter()) {
                fuse.accept(CrashPoint.BEFORE_LETTER_IS_WRITTEN);
            }
        }
        return answer;
    }

    private Object aroundSaga(String method, Object[] arguments, Callable<Object> call) throws Exception {
        Object answer = call.call();
        if (method.equals("insertSaga") || method.equals("updateSaga")) {
            fuse.accept(CrashPoint.AFTER_SAGA);
        }
        return answer;
    }

    private Object aroundKey(String method, Object[] arguments, Callable<Object> call) throws Exception {
        if (method.equals("destroy")) {
            fuse.accept(CrashPoint.BEFORE_KEY_IS_DESTROYED);
        }
        return call.call();
    }

    private Object aroundView(String method, Object[] arguments, Callable<Object> call) throws Exception {
        if (method.equals("letters")) {
            return watched((LetterStore) call.call());
        }
        if (!method.equals("apply")) {
            return call.call();
        }
        Batch batch = (Batch) arguments[0];
        boolean changesDocuments = !batch.types().isEmpty();
        if (batch.token().isPresent() && batchHasLetter()) {
            fuse.accept(CrashPoint.BEFORE_LETTER_IS_WRITTEN);
        }
        if (changesDocuments) {
            fuse.accept(CrashPoint.BEFORE_DOCUMENTS);
        }
        Object answer = call.call();
        if (changesDocuments) {
            fuse.accept(CrashPoint.AFTER_VIEW_TOKEN);
        }
        return answer;
    }

    /** A letter of a view that is retried is removed at once. */
    private LetterStore watched(LetterStore letters) {
        return watched(LetterStore.class, letters, (method, arguments, call) -> {
            if (!method.equals("remove")) {
                return aroundLetter(method, call);
            }
            fuse.accept(CrashPoint.BEFORE_LETTER_IS_REMOVED);
            Object answer = call.call();
            fuse.accept(CrashPoint.AFTER_LETTER_IS_REMOVED);
            return answer;
        });
    }

    /** A letter of a saga that is retried is removed by the unit of work that handles its event. */
    private LetterStore watchedOfBatches(LetterStore letters) {
        return watched(LetterStore.class, letters, (method, arguments, call) -> {
            if (method.equals("remove")) {
                fuse.accept(CrashPoint.BEFORE_LETTER_IS_REMOVED);
                CurrentUnitOfWork.get().root().afterCommit(work -> fuse.accept(CrashPoint.AFTER_LETTER_IS_REMOVED));
            }
            return aroundLetter(method, call);
        });
    }

    private Object aroundLetter(String method, Callable<Object> call) throws Exception {
        Object answer = call.call();
        if (method.equals("put") && CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().resources().put(LETTER, true);
            CurrentUnitOfWork.get().root().afterCommit(work -> fuse.accept(CrashPoint.AFTER_LETTER_IS_WRITTEN));
            fuse.accept(CrashPoint.LETTER_IN_BATCH);
        }
        return answer;
    }

    private static boolean batchHasLetter() {
        return CurrentUnitOfWork.isStarted()
                && CurrentUnitOfWork.get().root().resources().containsKey(LETTER);
    }
}
