import { SegmentedControl, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ActualView } from './budget/ActualView';
import { PlanView } from './budget/PlanView';
import { PricesView } from './budget/PricesView';
import { ScenariosView } from './budget/ScenariosView';
import { budgetViews, readBudgetSearch } from './budget/search';

const route = getRouteApi('/signed-in/clients/$clientId/budget');

/** When to replace what, and what it costs: the reasons, then the years within bounds. */
export default function BudgetTab() {
  const { t } = useTranslation();
  const { clientId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { view = 'plan', scenario = [] } = search;
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('client.tabs.budget')}
        w="fit-content"
        maw="100%"
        value={view}
        onChange={(next) => void navigate({ search: readBudgetSearch({ ...search, view: next }), replace: true })}
        data={budgetViews.map((v) => ({ value: v, label: t(`budget.view.${v}`) }))}
      />
      {view === 'plan' && <PlanView clientId={clientId} />}
      {view === 'prices' && <PricesView clientId={clientId} />}
      {view === 'actual' && <ActualView clientId={clientId} />}
      {view === 'scenarios' && (
        <ScenariosView
          clientId={clientId}
          compared={scenario}
          compare={(ids) => void navigate({ search: readBudgetSearch({ ...search, scenario: ids }), replace: true })}
        />
      )}
    </Stack>
  );
}
