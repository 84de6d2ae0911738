-- Direct members of groups and of all groups below them. Declared to be few: what is estimated of a recursion is ten times too much,
-- and lists of users would be read from end to end for a group of three hundred.
CREATE FUNCTION members_below(groups uuid[]) RETURNS SETOF integer LANGUAGE sql STABLE ROWS 100 AS $$
    WITH RECURSIVE down AS (
        SELECT unnest(groups) AS pk
        UNION
        SELECT child_pk FROM group_parent JOIN down ON parent_pk = down.pk)
    SELECT user_pk FROM user_group JOIN down ON group_pk = down.pk
$$;
