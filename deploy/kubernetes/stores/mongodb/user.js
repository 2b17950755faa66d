// Runs once, when the database is made: Kontor's own user, who may read and write its database and nothing else.
const password = require('fs').readFileSync('/run/secrets/mongodb-password', 'utf8');
db.getSiblingDB('kontor').createUser({
  user: 'kontor',
  pwd: password,
  roles: [{ role: 'readWrite', db: 'kontor' }],
});
