package dev.kontor.gateway.platform;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;

/** The scalars of the schema. As in {@link StrictJson}, "5" and 5.0 are no whole numbers. */
final class GraphQlScalars {

    static final GraphQLScalarType LONG = GraphQLScalarType.newScalar()
            .name("Long")
            .coercing(new LongCoercing())
            .build();

    static final GraphQLScalarType DATE_TIME = GraphQLScalarType.newScalar()
            .name("DateTime")
            .coercing(new DateTimeCoercing())
            .build();

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

    private GraphQlScalars() {}

    private static final class LongCoercing implements Coercing<Long, Long> {

        @Override
        public Long serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Number number) {
                return number.longValue();
            }
            throw new CoercingSerializeException("is not a whole number");
        }

        @Override
        public Long parseValue(Object input, GraphQLContext context, Locale locale) {
            return switch (input) {
                case Long number -> number;
                case Integer number -> number.longValue();
                default -> throw new CoercingParseValueException("must be a whole number");
            };
        }

        @Override
        public Long parseLiteral(Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (input instanceof IntValue whole
                    && whole.getValue().compareTo(LEAST) >= 0
                    && whole.getValue().compareTo(GREATEST) <= 0) {
                return whole.getValue().longValue();
            }
            throw new CoercingParseLiteralException("must be a whole number");
        }

        @Override
        public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
            return IntValue.newIntValue(BigInteger.valueOf(((Number) input).longValue()))
                    .build();
        }
    }

    /** Only in answers. */
    private static final class DateTimeCoercing implements Coercing<Instant, String> {

        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Instant moment) {
                return moment.toString();
            }
            throw new CoercingSerializeException("is not a moment");
        }
    }
}
