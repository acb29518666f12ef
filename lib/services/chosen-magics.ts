/** Whether an audit left out magics that its policy asks: then it is no word on the whole project. */
export const isChosenSql = (
  audit: string,
) => `case when cardinality(${audit}.enabled_magics) = 8 then false else cardinality(${audit}.enabled_magics) < 8 - (
  select count(*) from jsonb_each(coalesce(${audit}.policy -> 'magics', '{}'::jsonb)) setting
  where setting.value ->> 'isEnabled' = 'false') end`;

/**
 * A column of the audit whose gate stands for project `p`: of `current`, or where that one asked chosen magics only, of the
 * newest that asked them all. A look at one magic takes no verdict back.
 */
export const ofGateAuditSql = (column: 'id' | 'gate') => `case when ${isChosenSql('current')} then coalesce(
    (select whole.${column} from audits whole where whole.project_id = p.id and whole.branch = p.branch
      and whole.status in ('completed', 'partial') and not ${isChosenSql('whole')}
      order by whole.number desc limit 1), current.${column})
  else current.${column} end`;
