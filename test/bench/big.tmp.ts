import { fork } from 'node:child_process';
const c=fork('/work/main/test/bench/server-entry.ts',['box'],{execArgv: process.env.PROF?['--cpu-prof','--cpu-prof-dir=/tmp/prof2']:[]});
const {port,key}:any=await new Promise(r=>c.once('message',r));
const url=`http://127.0.0.1:${port}/api/v2/message/send`; const h={'x-api-key':key,'content-type':'application/json'};
const small=JSON.stringify({origin:'SEPSMS',message:'hi',recipients:['66812345678']});
const one=async()=>{const t=performance.now(); const r=await fetch(url,{method:'POST',headers:h,body:small}); await r.text(); return performance.now()-t;};
for(let i=0;i<200;i++) await one();
for (const [n,personal] of [[10000,false],[100000,false],[100000,false],[100000,true]] as const){
 const recipients=Array.from({length:n},(_,i)=>'668'+String(10000000+i*7));
 const body=JSON.stringify({origin:'SEPSMS',message:personal?'hello {name}':'Campaign text',recipients,...(personal?{variables:Object.fromEntries(recipients.map((r,i)=>[r,{name:'N'+i}]))}:{})});
 c.send('stats'); await new Promise(r=>c.once('message',r));
 let done=false; const lats:number[]=[]; const probes=(async()=>{while(!done){lats.push(await one()); await new Promise(r=>setTimeout(r,2));}})();
 const t=performance.now(); const r=await fetch(url,{method:'POST',headers:h,body}); const j:any=await r.json(); const ms=performance.now()-t; done=true; await probes;
 c.send('stats'); const s:any=await new Promise(r=>c.once('message',r)); lats.sort((a,b)=>a-b);
 console.log(n,personal,r.status,'ms',ms.toFixed(0),'rec/s',Math.round(n/ms*1000),'other p50',lats[lats.length>>1]?.toFixed(1),'max',lats.at(-1)?.toFixed(1),'stall',s.stallMs.toFixed(0),'rss',s.rssMb.toFixed(0), JSON.stringify(j).slice(0,120));
}
c.send('stop');
