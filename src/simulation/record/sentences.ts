// All that parts say in the log and on the timeline, in one place for translators, each under a name that stays when its words
// change: single exports, so that who packs a few parts packs only what they say. Without numbers of things in their grammar: every
// language has its own way with one and many.

// Servers and other machines
export const crashed = '{part} crashed';
export const crashedInside = '{part} crashed; requests inside: {inside}';
export const back = '{part} is back';
export const fullSpeed = '{part} is at full speed again';
export const slow = '{part} runs at {percent} % of its speed';
export const standsStill = '{part} stands still';
export const goesOn = '{part} goes on';
export const firstRejected = 'First request rejected by {part}';
export const rejected = 'Request {request} rejected: {waiting} already wait at {part}';
export const longLine = '{waiting} wait at {part}';

// Balancer, health check, outlier ejection
export const panics = '{part} panics and uses all servers';
export const panicsOf = '{part} panics and uses all servers: {healthy} of {there} are healthy';
export const calm = '{part} no longer panics';
export const calmOf = '{part} no longer panics: {healthy} of {there} are healthy';
export const inRotation = '{part} is back in rotation';
export const outOfRotation = '{part} taken out of rotation';
export const checkIn = 'Health check: {part} is back in rotation';
export const checkOut = 'Health check: {part} taken out of rotation';
export const ejected = '{part} ejected: {cause}';
export const mayReturn = '{part} may return from ejection';
export const failuresInARow = 'failures in a row';
export const lowSuccessRate = 'low success rate';
export const tooManyFailures = 'too many failures';

// Network and faults
export const closed = '{part} is closed';
export const openAgain = '{part} is open again';
export const burdened = '{part} delays by {extraMs} ms and loses {percent} %';
export const asEver = '{part} is as ever';
export const shareToFail = '{part}: share of calls to fail is {percent} %';
export const shareToSpoil = '{part}: share of calls to spoil is {percent} %';
export const shareToDelay = '{part}: share of calls to delay is {percent} %';
export const skipped = 'Skipped: {verb} {target} (there is no such part, or it cannot do that)';
export const skippedSetting = 'Skipped: set {target} (it cannot change in the middle of a run)';

// Cache
export const flushed = '{part} flushed';
export const flushedKeys = '{part} flushed; keys gone: {keys}';
export const crashedKeys = '{part} crashed; keys gone: {keys}';
export const backEmpty = '{part} is back, empty';

// Clients and what guards a system
export const budgetSpent = 'The retry budget of {part} is spent';
export const notRetried = 'Request {request} is not retried: the budget is spent';
export const firstTurnedAway = 'First request turned away by {part}';
export const turnedAway = 'Request {request} turned away by {part}: {why}';
export const alreadyWaiting = 'too many already wait';
export const rateUsedUp = 'the rate is used up';
export const circuitOpen = 'the circuit is open';
export const manyRefused = 'too many were refused lately';
export const placesTaken = 'all places are taken';
export const noPlaceInTime = 'no place became free in time';
export const letsThrough = '{part} lets {rate} a second through';
export const letsThroughBurst = '{part} lets {rate} a second through, at most {burst} at once';
export const firstSecondBest = 'First second-best answer of {part}';
export const secondBest = 'Request {request} answered second best by {part}';
export const circuitClosed = 'closed';
export const circuitIsOpen = 'open';
export const circuitHalfOpen = 'half-open';
export const circuitForcedOpen = 'forced-open';
export const circuitDisabled = 'disabled';
export const circuitMetricsOnly = 'metrics-only';
export const circuitIs = '{part} is {state}';
export const circuitIsWhy = '{part} is {state}: {why}';

// Autoscaler, jobs, leader
export const scaler = 'autoscaler';
export const scaled = '{scaler}: from {from} to {to} servers';
export const scaledWhy = '{scaler}: from {from} to {to} servers ({reason})';
export const manyMissed = '{part}: more than {most} start times missed';
export const leads = '{part} leads';
export const notRenewed = '{part} no longer leads: it could not renew its lease';
export const leaderCrashed = '{part} no longer leads: it crashed';

// Steady state
export const hypothesisFails = 'The hypothesis fails for the first time';
export const servedShare = 'Only {percent} % of the requests in the last {seconds} s were served well';
export const aborted = 'Aborted: faults stop, everything is restored';
export const abortRule = 'Abort rule: faults stop and everything is restored';

// Broker
export const deadLetter = 'Message {request} went to the dead letters after {deliveries} deliveries';
export const groupDeadLetter = '{group}: message {request} went to the dead letters';
export const handsNothingOn = '{part} hands nothing on';
export const handsOnAgain = '{part} hands on again';
export const groupLost = '{group} lost messages of partition {partition}, deleted unread: {count}';
export const groupSkipped = '{group} lost messages of partition {partition}, skipped: {count}';
export const memberLeft = '{group}: {member} left';
export const memberSilent = '{group}: {member} has fallen silent';
export const memberLate = '{group}: {member} did not join in time';
export const memberReads = '{group}: generation {generation}: {member} reads {partitions}';

// Replication
export const sendsWrites = '{part} sends writes to {node}';
export const givesUpEntries = '{part} gives up entries that its primary does not have: {count}';
export const lostDisk = '{part} has lost its disk';
export const waitsAgain = '{part} waits for replicas again';
export const goesOnAlone = '{part} goes on without waiting for replicas';
export const elected = '{part} is elected in term {term}';
export const takesWrites = '{part} takes writes';

// Backups
export const backupDueBackup = '{part}: a backup was due, but another ran';
export const backupDueRestore = '{part}: a backup was due, but a restore ran';
export const backupDone = '{part}: {kind} backup {number} is done';
export const destroyed = 'destroyed';
export const damaged = 'damaged';
export const nothingLeft = 'Data {cause}: nothing can be restored';
export const nothingLeftWhy = 'Data {cause}: nothing can be restored ({reason})';
export const dataLost = 'Data {cause}: {minutes} minutes of data are lost';
export const dataLostWhy = 'Data {cause}: {minutes} minutes of data are lost ({reason})';
export const dataRestored = 'Data restored';
