package dev.kontor.command.customer;

import dev.kontor.api.Text;
import dev.kontor.api.customer.CustomerCommand.ChangeProfile;
import dev.kontor.api.customer.CustomerCommand.GrantRole;
import dev.kontor.api.customer.CustomerCommand.ReadStanding;
import dev.kontor.api.customer.CustomerId;
import dev.kontor.api.customer.CustomerStatus;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Standing;
import dev.kontor.command.operations.Callers;
import dev.kontor.command.operations.Commands;
import dev.kontor.command.operations.Requests;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.ChangeProfileRequest;
import dev.kontor.proto.customer.CustomerCommandsGrpc.CustomerCommandsImplBase;
import dev.kontor.proto.customer.GrantRoleRequest;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import dev.kontor.wire.operations.Violations;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class CustomerEndpoint extends CustomerCommandsImplBase {

    private final Commands commands;
    private final PersonalData personalData;

    CustomerEndpoint(Commands commands, PersonalData personalData) {
        this.commands = commands;
        this.personalData = personalData;
    }

    @Override
    public void changeProfile(ChangeProfileRequest request, StreamObserver<Written> answer) {
        CustomerId customerId = Requests.idOf(request.getCustomerId(), Callers::orNamed, Problem.CUSTOMER_NOT_FOUND);
        Violations violations = new Violations();
        String name = violations.at("name", () -> Text.check(request.getName(), 1, 100));
        violations.refuseIfAny();
        // First: sealing makes a key where there is none, and an account that is gone must not get one again.
        Standing standing =
                Requests.orNotFound(Problem.CUSTOMER_NOT_FOUND, () -> commands.send(new ReadStanding(customerId)));
        if (standing.status() != CustomerStatus.ACTIVE) {
            throw new Refused(Problem.CUSTOMER_INACTIVE, Problem.CUSTOMER_INACTIVE.title());
        }
        long version = Requests.orNotFound(
                Problem.CUSTOMER_NOT_FOUND,
                () -> commands.<Long>send(
                        new ChangeProfile(customerId, personalData.seal(customerId, Field.NAME, name))));
        Requests.answer(answer, customerId, version);
    }

    @Override
    public void grantRole(GrantRoleRequest request, StreamObserver<AccountChanged> answer) {
        CustomerId customerId = Requests.idOf(request.getCustomerId(), CustomerId::new, Problem.CUSTOMER_NOT_FOUND);
        Violations violations = new Violations();
        Role role = violations.at("role", () -> roleOf(request.getRole()));
        violations.refuseIfAny();
        long version = Requests.orNotFound(
                Problem.CUSTOMER_NOT_FOUND, () -> commands.<Long>send(new GrantRole(customerId, role)));
        answer.onNext(AccountChanged.newBuilder()
                .setWritten(Written.newBuilder().setId(customerId.value()).setVersion(version))
                .build());
        answer.onCompleted();
    }

    private static Role roleOf(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + Arrays.toString(Role.values())));
    }
}
