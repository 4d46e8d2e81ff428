/** Loaded before the hub: it lives `KAKOU_FAULTS_AHEAD` milliseconds after everybody else. */
const ahead = Number(process.env['KAKOU_FAULTS_AHEAD'] ?? 0);
const realNow = Date.now;
Date.now = () => realNow() + ahead;
