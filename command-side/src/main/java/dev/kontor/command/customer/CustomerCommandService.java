package dev.kontor.command.customer;

import dev.kontor.api.Precondition;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AccountChange;
import dev.kontor.api.identity.AccountCommand;
import dev.kontor.api.identity.AccountCommand.AssignRole;
import dev.kontor.api.identity.AccountCommand.DeactivateAccount;
import dev.kontor.api.identity.AccountCommand.ReactivateAccount;
import dev.kontor.api.identity.EmailAddress;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.platform.AttemptLimits;
import dev.kontor.command.platform.Callers;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.Requests;
import dev.kontor.command.platform.RevocationReport;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.Violations;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.ChangeProfileRequest;
import dev.kontor.proto.customer.CustomerCommandsGrpc.CustomerCommandsImplBase;
import dev.kontor.proto.customer.DeactivateCustomerRequest;
import dev.kontor.proto.customer.EraseCustomerRequest;
import dev.kontor.proto.customer.GrantRoleRequest;
import dev.kontor.proto.customer.ReactivateCustomerRequest;
import dev.kontor.text.Text;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CustomerCommandService extends CustomerCommandsImplBase {

    private final Commands commands;
    private final ProfileCommands profiles;
    private final AttemptLimits tries;

    CustomerCommandService(Commands commands, ProfileCommands profiles, AttemptLimits tries) {
        this.commands = commands;
        this.profiles = profiles;
        this.tries = tries;
    }

    @Override
    public void changeProfile(ChangeProfileRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = ownOrNamed(request.getCustomerId());
        Violations violations = new Violations();
        Optional<EmailAddress> email = request.hasEmail()
                ? Optional.ofNullable(violations.at("email", () -> EmailAddress.ofNew(request.getEmail())))
                : Optional.empty();
        Optional<String> name = request.hasName()
                ? Optional.ofNullable(violations.at("name", () -> Text.line(request.getName(), 1, 100)))
                : Optional.empty();
        violations.refuseIfAny();
        // Admins can look up all e-mails, so a taken one reveals nothing to them.
        if (email.isPresent() && !Caller.required().isAdmin()) {
            tries.newEmail(customerId.value());
        }
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        long version = Requests.orNotFound(
                Problem.CUSTOMER_NOT_FOUND, () -> profiles.change(customerId, email, name, precondition));
        Requests.answer(answer, customerId, version);
    }

    @Override
    public void grantRole(GrantRoleRequest request, StreamObserver<AccountChanged> answer) {
        CustomerId customerId = named(request.getCustomerId());
        Violations violations = new Violations();
        Role role = violations.at("role", () -> roleOf(request.getRole()));
        violations.refuseIfAny();
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        change(customerId, id -> new AssignRole(id, role, precondition), answer);
    }

    private static Role roleOf(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + Arrays.toString(Role.values())));
    }

    @Override
    public void deactivateCustomer(DeactivateCustomerRequest request, StreamObserver<AccountChanged> answer) {
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        change(named(request.getCustomerId()), id -> new DeactivateAccount(id, precondition), answer);
    }

    @Override
    public void reactivateCustomer(ReactivateCustomerRequest request, StreamObserver<AccountChanged> answer) {
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        change(named(request.getCustomerId()), id -> new ReactivateAccount(id, precondition), answer);
    }

    @Override
    public void eraseCustomer(EraseCustomerRequest request, StreamObserver<AccountChanged> answer) {
        CustomerId customerId = ownOrNamed(request.getCustomerId());
        Precondition precondition = Requests.precondition(request.hasPrecondition(), request.getPrecondition());
        answer(customerId, () -> profiles.erase(customerId, precondition), answer);
    }

    private void change(
            CustomerId customerId,
            Function<CustomerId, AccountCommand> command,
            StreamObserver<AccountChanged> answer) {
        answer(customerId, () -> commands.send(command.apply(customerId)), answer);
    }

    private static void answer(
            CustomerId customerId, Supplier<AccountChange> work, StreamObserver<AccountChanged> answer) {
        AccountChange change = Requests.orNotFound(Problem.CUSTOMER_NOT_FOUND, work);
        answer.onNext(AccountChanged.newBuilder()
                .setWritten(Written.newBuilder().setId(customerId.value()).setVersion(change.version()))
                .setRevoked(RevocationReport.tokensBelow(customerId, change.tokensBelow()))
                .build());
        answer.onCompleted();
    }

    /** The caller if the request names no customer; the operator is not a customer. */
    private static CustomerId ownOrNamed(String named) {
        return Requests.idOf(named, Callers::orNamed, Problem.CUSTOMER_NOT_FOUND);
    }

    private static CustomerId named(String named) {
        return Requests.idOf(named, CustomerId::new, Problem.CUSTOMER_NOT_FOUND);
    }
}
