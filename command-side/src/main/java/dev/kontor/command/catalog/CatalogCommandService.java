package dev.kontor.command.catalog;

import dev.kontor.api.Precondition;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.Price;
import dev.kontor.api.catalog.ProductCommand;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.StockChange;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Callers;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.Requests;
import dev.kontor.command.request.Effects;
import dev.kontor.command.request.Effects.Effect;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.StartException;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc.CatalogCommandsImplBase;
import dev.kontor.proto.catalog.ChangeProductRequest;
import dev.kontor.proto.catalog.ChangeStockRequest;
import dev.kontor.proto.catalog.DelistProductRequest;
import dev.kontor.proto.catalog.ListProductRequest;
import io.grpc.stub.StreamObserver;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CatalogCommandService extends CatalogCommandsImplBase {

    private final Commands commands;
    private final Effects effects;
    private final ShopCurrency currency;
    private final boolean onlyAdminsList;

    CatalogCommandService(
            Commands commands,
            Effects effects,
            ShopCurrency currency,
            @Value("${kontor.catalog.who-may-list:customers}") String whoMayList) {
        this.commands = commands;
        this.effects = effects;
        this.currency = currency;
        this.onlyAdminsList = switch (whoMayList) {
            case "admins" -> true;
            case "customers" -> false;
            default ->
                throw new StartException("kontor.catalog.who-may-list must be customers or admins, not " + whoMayList);
        };
    }

    @Override
    public void listProduct(ListProductRequest request, StreamObserver<Written> answer) {
        Actor actor = Callers.actor();
        if (onlyAdminsList && actor.role() != Role.ADMIN) {
            throw new RefusedException(Problem.FORBIDDEN, "Only admins list products in this shop");
        }
        Violations violations = new Violations();
        String title = violations.at("title", () -> Description.checkTitle(request.getTitle()));
        String text = violations.at("description", () -> Description.checkText(request.getDescription()));
        String category = violations.at("category", () -> Description.checkCategory(request.getCategory()));
        Money price = request.hasPrice() ? price(request.getPrice(), violations) : null;
        if (!request.hasPrice()) {
            violations.add("price", "must be given");
        }
        if (request.getStock() < 0 || request.getStock() > StockChange.HIGHEST) {
            violations.add("stock", "must be 0 to %,d".formatted(StockChange.HIGHEST));
        }
        violations.refuseIfAny();
        Effect<Void> listed = effects.once(Void.class, sender -> {
            currency.requireOurs(price);
            ProductId productId = ProductId.mint();
            sender.send(
                    productId,
                    new ListProduct(
                            productId, actor.id(), new Description(title, text, category), price, request.getStock()));
            return new Effect<>(productId.value(), null);
        });
        Requests.answer(answer, listed.subject(), 0);
    }

    @Override
    public void changeProduct(ChangeProductRequest request, StreamObserver<Written> answer) {
        Violations violations = new Violations();
        String title =
                request.hasTitle() ? violations.at("title", () -> Description.checkTitle(request.getTitle())) : null;
        String text = request.hasDescription()
                ? violations.at("description", () -> Description.checkText(request.getDescription()))
                : null;
        String category = request.hasCategory()
                ? violations.at("category", () -> Description.checkCategory(request.getCategory()))
                : null;
        Money price = request.hasPrice() ? price(request.getPrice(), violations) : null;
        violations.refuseIfAny();
        if (price != null) {
            currency.requireOurs(price);
        }
        Description.Change description = new Description.Change(title, text, category);
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        send(
                request.getProductId(),
                answer,
                (id, actor) -> new ChangeProduct(id, actor, description, price, precondition));
    }

    @Override
    public void changeStock(ChangeStockRequest request, StreamObserver<Written> answer) {
        Violations violations = new Violations();
        violations.at("change", () -> StockChange.check(request.getChange()));
        violations.refuseIfAny();
        long change = request.getChange();
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        ProductId id = Requests.idOf(request.getProductId(), ProductId::new, Problem.PRODUCT_NOT_FOUND);
        Actor actor = Callers.actor();
        ProductCommand command = change > 0
                ? new AddStock(id, actor, change, precondition)
                : new RemoveStock(id, actor, -change, precondition);
        Effect<Long> changed = Requests.orNotFound(
                Problem.PRODUCT_NOT_FOUND,
                () -> effects.once(Long.class, sender -> new Effect<>(id.value(), sender.send(id, command))));
        Requests.answer(answer, id, changed.result());
    }

    @Override
    public void delistProduct(DelistProductRequest request, StreamObserver<Written> answer) {
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        send(request.getProductId(), answer, (id, actor) -> new DelistProduct(id, actor, precondition));
    }

    private interface CommandMaker {
        ProductCommand make(ProductId productId, Actor actor);
    }

    private void send(String id, StreamObserver<Written> answer, CommandMaker maker) {
        ProductId productId = Requests.idOf(id, ProductId::new, Problem.PRODUCT_NOT_FOUND);
        ProductCommand command = maker.make(productId, Callers.actor());
        long version = Requests.orNotFound(Problem.PRODUCT_NOT_FOUND, () -> commands.<Long>send(command));
        Requests.answer(answer, productId, version);
    }

    private static Money price(dev.kontor.proto.Money given, Violations violations) {
        return violations.at("price", () -> Price.check(given.getAmount(), given.getCurrency()));
    }
}
