package dev.keyturn.local.infra;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends connections to the database between the writes of a transaction, for tests: the first time
 * after its first write, the next time after its second, and so on until it has none left. A
 * service that tries again is thus cut once at each place.
 */
public final class WriteCuts implements AutoCloseable {

    private static final List<String> NOT_CUT = List.of("flyway_schema_history");

    private final Connection connection;
    private final String schema;
    private final List<String> tables;

    private WriteCuts(Connection connection, String schema) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.tables = tables();
    }

    /**
     * From now on, and until it is closed.
     *
     * @param schema of the service, whose role has its name
     */
    public static WriteCuts in(DatabaseLogin admin, String schema) throws SQLException {
        WriteCuts cuts = new WriteCuts(admin.connect(), schema);
        cuts.install();
        return cuts;
    }

    /** Begins again with the first write of whatever comes next. */
    public void again() throws SQLException {
        execute("select setval('%s.cut_after', 0)".formatted(schema));
    }

    /** How often a connection was ended since it began, or began again. */
    public int count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select last_value from " + schema + ".cut_after")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void install() throws SQLException {
        execute("set role " + schema);
        execute("create sequence %s.cut_after minvalue 0".formatted(schema));
        again();
        execute(
                """
                create function %1$s.cut() returns trigger language plpgsql as $$
                declare
                    writes int := coalesce(nullif(current_setting('cut.writes', true), ''), '0')::int + 1;
                begin
                    perform set_config('cut.writes', writes::text, true);
                    if writes > (select last_value from %1$s.cut_after) then
                        perform nextval('%1$s.cut_after');
                        perform pg_terminate_backend(pg_backend_pid());
                    end if;
                    return null;
                end $$
                """
                        .formatted(schema));
        for (String table : tables) {
            execute(
                    """
                    create trigger cut after insert or update or delete on %1$s.%2$s
                    for each statement execute function %1$s.cut()
                    """
                            .formatted(schema, table));
        }
    }

    private List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select tablename from pg_tables where schemaname = '"
                                        + schema
                                        + "'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        names.removeAll(NOT_CUT);
        return names;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            for (String table : tables) {
                execute("drop trigger cut on %s.%s".formatted(schema, table));
            }
            execute("drop function %s.cut()".formatted(schema));
            execute("drop sequence %s.cut_after".formatted(schema));
        }
    }
}
