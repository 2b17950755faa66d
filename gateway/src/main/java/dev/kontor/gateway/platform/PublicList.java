package dev.kontor.gateway.platform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A read of a list that everyone gets. Its answers have an {@code ETag}: a hash of the body. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PublicList {

    /** The parameter by whose value {@code me} a caller gets a list of its own; none by default. */
    String ownBy() default "";
}
