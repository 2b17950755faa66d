package dev.kontor.gateway.cart;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.IfMatch;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartCommandsGrpc.CartCommandsBlockingStub;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc.CartQueriesBlockingStub;
import dev.kontor.proto.cart.GetCartRequest;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.cart.MergeCartRequest;
import dev.kontor.proto.cart.MergeCartResponse;
import dev.kontor.proto.cart.QuoteCartRequest;
import io.grpc.Channel;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on the cart of a guest. */
@Component
class GuestCarts {

    private static final String REPLAYED = "Idempotent-Replayed";

    private final CartCommandsBlockingStub commands;
    private final CartQueriesBlockingStub queries;
    private final Carts carts;

    GuestCarts(@CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide, Carts carts) {
        this.carts = carts;
        this.commands = CartCommandsGrpc.newBlockingStub(commandSide);
        this.queries = CartQueriesGrpc.newBlockingStub(querySide);
    }

    QuoteJson quote(GuestCartJson cart) {
        return QuoteJson.of(queries.quoteCart(
                QuoteCartRequest.newBuilder().addAllLines(cart.toProto()).build()));
    }

    /** @param key without one a retry would add the lines again, so it is needed */
    ResponseEntity<Object> merge(GuestCartJson cart, String key, IfMatch condition, PreferHeader preference) {
        if (key == null || key.isBlank()) {
            throw RefusedException.invalid("Idempotency-Key", "is needed");
        }
        MergeCartRequest.Builder request =
                MergeCartRequest.newBuilder().setIdempotencyKey(key).addAllLines(cart.toProto());
        condition.require(CartJson.WHOLE, request::setPrecondition);
        MergeCartResponse merged =
                condition.send(() -> commands.mergeCart(request.build()), now -> carts.present(CartOwner.OWN, now));
        Written written = Written.newBuilder()
                .setId(merged.getCustomerId())
                .setVersion(merged.getVersion())
                .build();
        GetCartRequest visible = GetCartRequest.newBuilder()
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(preference, () -> queries.getCart(visible), GetCartResponse::getFresh)
                .map(shown -> answer(merged))
                .orElseGet(() -> Accepted.at(CartOwner.OWN.location(), written));
    }

    private static ResponseEntity<Object> answer(MergeCartResponse merged) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (merged.getRepeated()) {
            answer.header(REPLAYED, "true");
        }
        return answer.body(MergeJson.of(merged));
    }
}
