import type { Settings } from '../config/settings.ts';
import type { CarrierStatus } from '../domain/carrier.ts';
import type { Clock, Logger, Random } from '../domain/ports.ts';
import type { AccountDesk } from '../services/account-desk.ts';
import type { OptWords } from '../services/guards/opt-words.ts';
import { InboundDesk } from '../services/inbound-desk.ts';
import type { Intake } from '../services/intake.ts';
import { AutoAnswers } from '../services/two-way/auto-answers.ts';
import { InboundRules } from '../services/two-way/inbound-rules.ts';
import { InboxDesk } from '../services/two-way/inbox-desk.ts';
import { KeywordDesk } from '../services/two-way/keyword-desk.ts';
import { KeywordTrial } from '../services/two-way/keyword-trial.ts';
import { OwnNumbers } from '../services/two-way/own-numbers.ts';
import type { EndpointBook } from '../services/webhooks/endpoint-book.ts';
import { readingRules, twoWayRules } from '../setting-rules.ts';
import type { Stores } from '../store/stores.ts';

/** The carriers, as far as what comes in has to do with them. */
export interface AnsweringCarriers {
  lives(): readonly { readonly status: Pick<CarrierStatus, 'facts'> }[];
  live(carrierId: number): object | undefined;
}

export interface TwoWayParts {
  readonly stores: Stores;
  readonly settings: Settings;
  readonly accounts: AccountDesk;
  readonly words: OptWords;
  readonly book: EndpointBook;
  /** Built after this, because what carriers receive comes here. */
  readonly carriers: () => AnsweringCarriers;
  readonly intake: () => Intake;
  /** Is told when texts came in or were read. */
  readonly changed: () => void;
  readonly newUuid: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

/** What comes in, and what is done about it. */
export function buildTwoWay(parts: TwoWayParts) {
  const { stores, settings, accounts, words, book, carriers, changed, newUuid, clock, random, log } = parts;
  const ownNumbers = new OwnNumbers({
    written: () => settings.get('inbound.ownNumbers'),
    facts: () =>
      carriers()
        .lives()
        .map((live) => live.status.facts),
  });
  const isOwnNumber = (msisdn: string) => ownNumbers.has(msisdn);
  const usualAccountId = () => accounts.named(undefined).id;
  const rules = new InboundRules({
    rules: () => stores.keywords.list(),
    wishIn: (text) => words.wishIn(text),
    usualAccountId,
    isOwnNumber,
    settings: () => twoWayRules(settings),
  });
  const sending = {
    intake: { accept: (...args: Parameters<Intake['accept']>) => parts.intake().accept(...args) },
    usualSender: (accountId: number) => accounts.usualSender(accountId),
    isAtWork: (carrierId: number) => carriers().live(carrierId) !== undefined,
    clock,
  };
  const answers = new AutoAnswers({ store: stores.answers, ...sending, random, log });
  const inbound = new InboundDesk({
    store: stores.inbound,
    clock,
    newUuid,
    accountId: usualAccountId,
    decide: (text) => rules.decide(text),
    arrived: () => {
      answers.wake();
      changed();
    },
    log,
  });
  const { received: reader, inbound: store, inboundEffects: effects } = stores;
  return {
    inbound,
    answers,
    doors: {
      inbox: new InboxDesk({
        reader,
        store,
        answers: stores.answers,
        ...sending,
        rules: () => readingRules(settings),
        changed,
      }),
      keywordTrial: new KeywordTrial({
        rules,
        inbound: store,
        effects,
        answers: stores.answers,
        accounts: stores.accounts,
        clock,
      }),
      keywords: new KeywordDesk({
        store: stores.keywords,
        accounts: stores.accounts,
        hasCarrier: (id) => stores.carriers.list().some((carrier) => carrier.id === id),
        hasEndpoint: (id) => book.get(id) !== undefined,
        isOwnNumber,
        builtIn: () => builtIn(settings),
        international: () => settings.get('number.international'),
        maxSegments: () => settings.get('message.maxSegments'),
        clock,
      }),
    },
  };
}

function builtIn(settings: Settings) {
  return [
    { name: 'opt-out', keywords: settings.get('guards.optOutKeywords'), setting: 'guards.optOutKeywords' },
    { name: 'opt-in', keywords: settings.get('guards.optInKeywords'), setting: 'guards.optInKeywords' },
  ];
}
