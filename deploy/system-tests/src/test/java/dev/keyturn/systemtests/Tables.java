package dev.keyturn.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.keyturn.local.infra.PostgresAccess;
import dev.keyturn.local.stack.Settings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The tables of all services of a stack, read as the one who may do everything. */
record Tables(Settings settings) {

    /** The name of the worker that has the run; none if nobody has it. */
    List<String> holders(UUID run) {
        return values(
                """
                select i.name from worker.run r join worker.instance i on i.instance_id = r.holder
                where r.run_id = ?
                """,
                run);
    }

    /** The name of the worker that has the run. */
    String holder(UUID run) {
        return only(holders(run));
    }

    /** The first column of the one row, as text. */
    String value(String sql, Object parameter) {
        return only(values(sql, parameter));
    }

    /** The first column of each row, as text. */
    List<String> values(String sql, Object parameter) {
        PostgresAccess access =
                new PostgresAccess(settings.ports().postgres(), settings.home().secrets());
        try (Connection database = access.superuser().connect();
                PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String only(List<String> values) {
        assertEquals(1, values.size(), () -> "rows: " + values);
        return values.getFirst();
    }
}
