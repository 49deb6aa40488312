import { Button, Modal } from '@mantine/core';
import { PasswordForm } from './PasswordForm';

export default function PasswordDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Change your password">
      <PasswordForm onDone={onClose}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </PasswordForm>
    </Modal>
  );
}
