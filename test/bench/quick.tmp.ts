import { fork } from 'node:child_process';
import autocannon from 'autocannon';
import Database from 'better-sqlite3';
import { mkdtempSync } from 'node:fs';
function raw(){ const d=mkdtempSync('/tmp/raw-'); const db=new Database(d+'/x.db'); db.pragma('journal_mode=WAL'); db.pragma('synchronous=FULL'); db.exec('create table t(a integer primary key,b text)'); const i=db.prepare('insert into t(b) values(?)'); const t=performance.now(); let n=0; while(performance.now()-t<2000){ i.run('hello'); n++; } return n/((performance.now()-t)/1000); }
async function run(kind:string, conns:number, secs:number){
  const c=fork('/work/main/test/bench/server-entry.ts',[kind],{execArgv: process.env.PROF&&kind==='box'?['--cpu-prof','--cpu-prof-dir=/tmp/prof']:[]});
  const {port,key}:any=await new Promise(r=>c.once('message',r));
  const opts=(d:number)=>({url:`http://127.0.0.1:${port}/api/v2/message/send`,method:'POST' as const,connections:conns,duration:d,headers:{'x-api-key':key,'content-type':'application/json'},body:JSON.stringify({origin:'SEPSMS',message:'Hello from the benchmark',recipients:['66812345678']})});
  await autocannon(opts(2)); let s0:any;{c.send('stats'); s0=await new Promise(r=>c.once('message',r));}
  const r=await autocannon(opts(secs));
  let s:any=null; c.send('stats'); s=await new Promise(r=>c.once('message',r)); if(kind!=='express') c.send('stop'); else c.kill(); const us=(s.cpu.user+s.cpu.system-s0.cpu.user-s0.cpu.system)/r.requests.total; console.log('cpu us/req', us.toFixed(1));
  console.log(kind,conns,'req/s',r.requests.average,'p50',r.latency.p50,'p99',r.latency.p99,'max',r.latency.max,'non2xx',r.non2xx, JSON.stringify(s));
  return r;
}
console.log('raw commits/s', raw());
await run('express',64,5); await run('box',64,5); await run('box',1,3);
console.log('raw commits/s', raw());
