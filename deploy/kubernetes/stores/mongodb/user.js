// Runs once, when the database is created. Kontor's user may read and write only its own database.
const password = require('fs').readFileSync('/run/secrets/mongodb-password', 'utf8');
db.getSiblingDB('kontor').createUser({
  user: 'kontor',
  pwd: password,
  roles: [{ role: 'readWrite', db: 'kontor' }],
});
