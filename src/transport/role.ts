// Whose CLI is at the other end: a worker's, or the master's (management.txt 9.4).

export type Role = 'worker' | 'master';
