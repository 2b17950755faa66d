package dev.kontor.command.catalog;

import dev.kontor.api.cart.CartCommand.PutCartItem;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.identity.Accounts;
import dev.kontor.command.platform.Commands;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Demo data: two admins, two customers with carts, a catalog. Only with {@code --demo}, and only once. */
@Component
@Order(1)
class DemoData implements ApplicationRunner {

    static final String PASSWORD = "testPass123";

    private static final Logger log = LoggerFactory.getLogger(DemoData.class);

    private record Item(String title, String text, String category, long cents, long stock) {}

    private static final List<Item> ITEMS = List.of(
            new Item("Ledger, bound in linen", "400 numbered pages. What is written in it stays.", "Office", 3_450, 40),
            new Item("Fountain pen", "Steel nib, medium. Comes with a bottle of blue-black ink.", "Office", 5_900, 25),
            new Item("Brass desk lamp", "Warm light, 40 cm high, cloth cable.", "Office", 12_900, 12),
            new Item("Coffee, Ethiopia", "Whole beans, 500 g, roasted this week.", "Pantry", 1_390, 200),
            new Item("Black tea, Assam", "Loose leaf, 250 g.", "Pantry", 1_150, 150),
            new Item("Ginger biscuits", "A tin of 24.", "Pantry", 790, 90),
            new Item("Canvas apron", "Two pockets, leather straps.", "Workshop", 4_200, 30),
            new Item("Folding rule, 2 m", "Beech, ten links.", "Workshop", 1_890, 60),
            new Item("Spirit level, 60 cm", "Aluminium, two vials.", "Workshop", 2_790, 35),
            new Item("Sailor's sweater", "Virgin wool, navy blue.", "Clothing", 9_800, 20),
            new Item("Wool socks, three pairs", "Grey, reinforced heels.", "Clothing", 2_400, 120),
            new Item("The last umbrella", "There is only one.", "Clothing", 6_500, 1));

    private final Accounts accounts;
    private final Commands commands;
    private final ShopCurrency currency;
    private final boolean isWanted;

    DemoData(
            Accounts accounts,
            Commands commands,
            ShopCurrency currency,
            @Value("${kontor.demo:false}") boolean isWanted) {
        this.isWanted = isWanted;
        this.accounts = accounts;
        this.commands = commands;
        this.currency = currency;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!isWanted || accounts.exists(new EmailAddress("admin1@example.com"))) {
            return;
        }
        CustomerId seller;
        try {
            seller = open("admin1@example.com", "Ada Admin", Role.ADMIN);
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.EMAIL_TAKEN) {
                // Another process that starts at the same time creates the data.
                return;
            }
            throw refused;
        }
        open("admin2@example.com", "Ben Admin", Role.ADMIN);
        List<ProductId> products = new ArrayList<>();
        for (Item item : ITEMS) {
            ProductId productId = ProductId.mint();
            list(new ListProduct(
                    productId,
                    seller,
                    new Description(item.title(), item.text(), item.category()),
                    new Money(item.cents(), currency.code().value()),
                    item.stock()));
            products.add(productId);
        }
        CustomerId carla = open("customer1@example.com", "Carla Customer", Role.CUSTOMER);
        CustomerId dora = open("customer2@example.com", "Dora Customer", Role.CUSTOMER);
        commands.sendUntilKnown(new PutCartItem(carla, products.get(0), new Quantity(1)));
        commands.sendUntilKnown(new PutCartItem(carla, products.get(3), new Quantity(2)));
        commands.sendUntilKnown(new PutCartItem(dora, products.get(9), new Quantity(1)));
        log.info("demo accounts, catalog and carts are created");
    }

    /** The product's id is new: if it is taken, the product was listed and the answer was lost. */
    private void list(ListProduct product) {
        try {
            commands.sendUntilKnown(product);
        } catch (RefusedException refused) {
            if (refused.problem() != Problem.CONFLICT) {
                throw refused;
            }
        }
    }

    private CustomerId open(String email, String name, Role role) {
        return accounts.open(new EmailAddress(email), PASSWORD, name, role);
    }
}
