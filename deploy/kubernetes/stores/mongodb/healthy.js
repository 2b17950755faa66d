// Makes a replica set of one where there is none, and reports by its exit code whether this server takes writes.
// RS_HOST is how clients reach it.
try {
  rs.status();
} catch (none) {
  rs.initiate({ _id: 'kontor', members: [{ _id: 0, host: process.env.RS_HOST }] });
}
quit(db.hello().isWritablePrimary ? 0 : 1);
