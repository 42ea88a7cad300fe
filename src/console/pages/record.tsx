/** One record: both sides next to each other, why it stands as it does, what happened, what can be done. */
import type { Explanation } from '../../domain/explanation';
import { entityWorkflowId } from '../../client';
import { explanations } from '../../domain/explain';
import type { MatchRecord } from '../../domain/match';
import type { Because, LinkView } from '../../domain/plan';
import { sides } from '../../domain/record';
import type { CompanyCertificate } from '../../ports/certificates';
import type { JournalEntry } from '../../ports/reads';
import { codeText, productOf } from '../../wording/words';
import { actions, type Action } from '../actions';
import { mayActAs } from '../roles';
import { sitePath, type SiteVisit } from '../route';
import { runsHref } from '../temporal-ui';
import { CompanyProof } from './certificates';
import { FieldTable } from './field-table';
import { isOperator, LinkIcon, PostForm, StatusBadge } from './parts';
import { Prose } from './prose';
import { Question } from './question';
import { Timeline } from './timeline';

interface RecordPageProps {
  readonly visit: SiteVisit;
  readonly view: LinkView;
  readonly explanation: Explanation;
  readonly entries: readonly JournalEntry[];
  readonly candidates: readonly MatchRecord[];
  /** Of a company, what `verify` proved last. */
  readonly proof: CompanyCertificate | null;
}

export function RecordPage({ visit, view, explanation, entries, candidates, proof }: RecordPageProps) {
  const { link } = view;
  const own = sitePath(visit.site.id, `/links/${link.number}`);
  return (
    <>
      <p class="lead">
        <LinkIcon status={explanation.status} /> <StatusBadge status={explanation.status} /> {link.kind}, link{' '}
        {link.number}
        {sides.map((side) => (
          <span class="id">
            {productOf[side]} {link.ids[side] ?? 'none'}
          </span>
        ))}
        {explanation.origin !== null && <span class="id">came from: {explanation.origin}</span>}
        <RunLink visit={visit} view={view} />
      </p>
      <Why visit={visit} view={view} explanation={explanation} />
      <CompanyProof proof={proof} />
      {explanation.status === 'question' && (
        <Question visit={visit} view={view} candidates={candidates} own={own} />
      )}
      <FieldTable visit={visit} view={view} entries={entries} own={own} />
      <div class="actions">
        {Object.entries(actions)
          .filter(([, action]) => action.isOffered(view) && mayActAs(visit.user.role, action.role))
          .map(([name, action]) => (
            <a class="button" href={`${own}/${name}`}>
              {action.title}
            </a>
          ))}
      </div>
      <Timeline visit={visit} entries={entries} />
      {isOperator(visit) && (
        <p>
          <a href={`${own}/incident`}>Incident bundle</a>: records, timeline, decision and workflow histories
          in one file, with names and emails as pseudonyms.
        </p>
      )}
    </>
  );
}

/** The workflow that writes this record: its runs, in Temporal's own UI. */
function RunLink({ visit, view }: { readonly visit: SiteVisit; readonly view: LinkView }) {
  const { temporalUi } = visit.ports;
  if (temporalUi === null) return null;
  return (
    <a
      class="id"
      href={runsHref(temporalUi, entityWorkflowId(visit.site.id, view.link.kind, view.link.number))}
    >
      Temporal runs
    </a>
  );
}

function Why({ visit, view, explanation }: Pick<RecordPageProps, 'visit' | 'view' | 'explanation'>) {
  const { because, action, notes } = explanation;
  return (
    <section>
      <h2>Why</h2>
      <ol class="chain">
        {because.map((fact) => (
          <li>
            {explanations[fact.reason].sentence}
            <About fact={fact} own={view.link.number} site={visit.site.id} />
          </li>
        ))}
        {notes.map((note) => (
          <li>
            {note.field}: {codeText(note.reason)}
          </li>
        ))}
      </ol>
      {action !== null && (
        <p>
          What would change it:{' '}
          {action.startsWith('teamwork-desk-sync') ? <code>{action}</code> : <Prose text={action} />}
        </p>
      )}
    </section>
  );
}

/** The other record that a fact is about, where it is about another. */
function About({ fact, own, site }: { readonly fact: Because; readonly own: number; readonly site: string }) {
  const { kind, side, id, link } = fact;
  if (link === own || (id === null && link === null)) return null;
  const name = `${kind} ${id === null || side === null ? `link ${link ?? ''}` : `${productOf[side]} ${id}`}`;
  if (link === null || link === 0) return <> ({name})</>;
  return (
    <>
      {' '}
      <a href={sitePath(site, `/links/${link}`)}>{name}</a>
    </>
  );
}

interface ConfirmProps {
  readonly visit: SiteVisit;
  readonly view: LinkView;
  readonly name: string;
  readonly action: Action;
}

/** Says what will happen; the button does it. */
export function ConfirmPage({ visit, view, name, action }: ConfirmProps) {
  const own = sitePath(visit.site.id, `/links/${view.link.number}`);
  const values = ['field', 'side', 'verdict', 'id'].flatMap((key) =>
    visit.query.text(key) === '' ? [] : [[key, visit.query.text(key)] as const],
  );
  return (
    <PostForm visit={visit} action={`${own}/${name}`} class="card stack">
      <p>
        <a href={own}>
          {view.link.kind} link {view.link.number}
        </a>
      </p>
      <p>{action.before(view, visit.query)}</p>
      {values.map(([key, value]) => (
        <input type="hidden" name={key} value={value} />
      ))}
      {action.withPeople === true && view.link.kind === 'company' && (
        <label class="check">
          <input name="withPeople" type="checkbox" checked />
          Take along the people whose links broke with it
        </label>
      )}
      <div class="actions">
        <button class="main">{action.title}</button>
        <a class="button" href={own}>
          Leave it
        </a>
      </div>
    </PostForm>
  );
}
