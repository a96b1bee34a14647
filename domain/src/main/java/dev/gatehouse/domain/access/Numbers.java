package dev.gatehouse.domain.access;

import java.util.Arrays;

/** A set of small numbers, in the order they were added. */
final class Numbers {
    private static final int FEW = 8;
    private int[] list;
    /** A hash table of numbers, each greater by one; 0 where there is none. Only used once there are many. */
    private int[] slots = {};

    private int count;

    /** @param expected about how many it will hold */
    Numbers(int expected) {
        list = new int[expected];
        if (expected > FEW) slots = new int[table(expected)];
    }

    private static int table(int size) {
        return Integer.highestOneBit(size) * 4;
    }

    /** Whether it is new. */
    boolean add(int number) {
        if (count == list.length) {
            if (contains(number)) return false;
            grow();
        }
        if (slots.length == 0 ? contains(number) : !put(number)) return false;
        list[count++] = number;
        return true;
    }

    private void grow() {
        list = Arrays.copyOf(list, Math.max(FEW, 2 * count));
        if (list.length == FEW) return;
        slots = new int[table(list.length)];
        for (int i = 0; i < count; i++) put(list[i]);
    }

    private boolean put(int number) {
        int mask = slots.length - 1;
        int slot = spread(number) & mask;
        for (; slots[slot] != 0; slot = (slot + 1) & mask) if (slots[slot] == number + 1) return false;
        slots[slot] = number + 1;
        return true;
    }

    boolean contains(int number) {
        if (slots.length == 0) {
            for (int i = 0; i < count; i++) if (list[i] == number) return true;
            return false;
        }
        int mask = slots.length - 1;
        for (int slot = spread(number) & mask; slots[slot] != 0; slot = (slot + 1) & mask)
            if (slots[slot] == number + 1) return true;
        return false;
    }

    static int spread(int number) {
        return (number * 0x9E3779B9) >>> 7;
    }

    int get(int index) {
        return list[index];
    }

    int count() {
        return count;
    }
}
