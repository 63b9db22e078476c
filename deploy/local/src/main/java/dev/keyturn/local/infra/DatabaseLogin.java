package dev.keyturn.local.infra;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.keyturn.seal.NeverWritten;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * How one role logs in to the database.
 *
 * @param url for JDBC
 */
@JsonSerialize(using = NeverWritten.class)
public record DatabaseLogin(String url, String user, String password) {

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
