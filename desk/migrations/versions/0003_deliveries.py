"""What has reached Rasa's clients"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.add_column(sa.Column("delivered_seq", sa.Integer(), nullable=False, server_default="0"))
    # What was said before counts as heard: nobody wants it all again.
    op.execute("UPDATE conversations SET delivered_seq = last_seq")
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.alter_column("delivered_seq", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("conversations") as batch_op:
        batch_op.drop_column("delivered_seq")
