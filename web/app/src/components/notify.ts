import { notifications } from '@mantine/notifications';
import { useProblemText } from './problem-text';

/** Short messages in the corner: what was done, and what went wrong. */
export function useNotify() {
  const say = useProblemText();
  return {
    done: (message: string) => {
      notifications.show({ message, color: 'teal', autoClose: 3500 });
    },
    problem: (error: unknown) => {
      const { title, detail, help } = say(error);
      notifications.show({ title, message: detail || help, color: 'red', autoClose: 9000 });
    },
  };
}
