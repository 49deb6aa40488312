import { Module } from '@nestjs/common';
import { PagesController } from './pages.controller.js';

/** Must come last among the modules with routes: it answers whatever no other route took. */
@Module({ controllers: [PagesController] })
export class PagesModule {}
